/*
 * Adds Java frames to the backtraces of jemalloc's heap profiler.
 *
 * jemalloc unwinds native frames alone: a stack ends at the first compiled Java method. It lets a program replace its
 * unwinder (mallctl "experimental.hooks.prof_backtrace", 5.3). This hook runs the old one, then asks the JVM for the Java
 * frames (AsyncGetCallTrace), and appends them as words that no code address can be:
 *
 *     bits 63..48  bytecode index + 1, at most 0xFFFD; 0xFFFF where the method has none (native methods)
 *     bits 47..0   jmethodID
 *
 * and a last word for the operation that the thread works for: 0xFFFE, and its number. Names are found when a profile is
 * read (describe), never while memory is allocated.
 *
 * The operation is a number on the thread. A virtual thread takes it along when it parks and goes on elsewhere: Java keeps
 * it (FollowedContinuation), and puts it on the carrier whenever the virtual thread is mounted. The stack would not tell: of
 * a virtual thread that has parked, AsyncGetCallTrace sees the innermost frames alone. JVMTI would tell of mounts too, but
 * an environment of it, even without events, makes each park of all virtual threads cost more: there is none before Java
 * frames are asked for.
 *
 * What a thread allocates for an operation is added up in Java (Ledger), from counters that jemalloc and the JVM have of
 * each thread of the system. Java gets buffers over these and over the number of the operation, and reads and writes the
 * memory itself: a call into this library for each request would cost more than what there is to do.
 *
 * Depends on nothing but libc: what is of jemalloc and of HotSpot is weak, so that the library loads everywhere and can
 * say what is missing.
 */
#define _GNU_SOURCE
#include <jni.h>
#include <jvmti.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>

#define NATIVE_FRAMES 48u
#define JAVA_FRAMES 128
#define NO_INDEX 0xFFFFull
#define OPERATION 0xFFFEull
#define LAST_INDEX 0xFFFDull
#define ERRORS 16
#define EXPORT(result) JNIEXPORT result JNICALL

enum outcome { INSTALLED = 0, NO_MALLCTL = -1, NO_CALL_TRACE = -2, NO_JVMTI = -3 };

typedef struct {
    jint bytecode_index;
    jmethodID method;
} call_frame;

typedef struct {
    JNIEnv *env;
    jint count;
    call_frame *frames;
} call_trace;

typedef void (*backtrace_hook)(void **, unsigned *, unsigned);

extern void AsyncGetCallTrace(call_trace *, jint, void *) __attribute__((weak));
extern int mallctl(const char *, void *, size_t *, void *, size_t) __attribute__((weak));

/* HotSpot's own description of its structures, made for debuggers (vmStructs.hpp). */
extern const char *gHotSpotVMStructs __attribute__((weak));
extern uint64_t gHotSpotVMStructEntryTypeNameOffset __attribute__((weak));
extern uint64_t gHotSpotVMStructEntryFieldNameOffset __attribute__((weak));
extern uint64_t gHotSpotVMStructEntryOffsetOffset __attribute__((weak));
extern uint64_t gHotSpotVMStructEntryArrayStride __attribute__((weak));

static JavaVM *vm;
static jvmtiEnv *jvmti;
static backtrace_hook unwind;
static jclass virtual_thread;
static jfieldID continuation, native_thread;
static atomic_long calls, with_java, without_java[ERRORS];
static __thread int in_hook __attribute__((tls_model("initial-exec")));
/* Written by Java, through the buffer of operationWord. */
static __thread volatile jint operation __attribute__((tls_model("initial-exec")));

static void *word_of(const call_frame *frame) {
    uint64_t index = frame->bytecode_index < 0 ? NO_INDEX : (uint64_t)frame->bytecode_index + 1;
    if (index > LAST_INDEX && index != NO_INDEX) index = LAST_INDEX;
    return (void *)(index << 48 | (uint64_t)(uintptr_t)frame->method);
}

static unsigned java_frames(void **words, unsigned length, unsigned max) {
    JNIEnv *env = NULL;
    if ((*vm)->GetEnv(vm, (void **)&env, JNI_VERSION_1_6) != JNI_OK || env == NULL) {
        return length; /* not a thread of Java */
    }
    call_frame frames[JAVA_FRAMES];
    call_trace trace = {env, 0, frames};
    ucontext_t context;
    /* The frames are found from where the thread left Java; there is no signal whose context could be given. */
    memset(&context, 0, sizeof context);
    AsyncGetCallTrace(&trace, JAVA_FRAMES, &context);
    if (trace.count <= 0) {
        int error = -trace.count;
        atomic_fetch_add_explicit(&without_java[error < ERRORS ? error : ERRORS - 1], 1, memory_order_relaxed);
        return length;
    }
    atomic_fetch_add_explicit(&with_java, 1, memory_order_relaxed);
    for (int at = 0; at < trace.count && length < max; at++) {
        if (frames[at].method != NULL) words[length++] = word_of(&frames[at]);
    }
    return length;
}

/* jemalloc calls it for each sample, outside its locks and prepared for allocations by the same thread. */
static void backtrace(void **words, unsigned *length, unsigned max) {
    *length = 0;
    if (in_hook) return;
    in_hook = 1;
    atomic_fetch_add_explicit(&calls, 1, memory_order_relaxed);
    unsigned native = max < 2 * NATIVE_FRAMES ? max / 2 : NATIVE_FRAMES;
    unwind(words, length, native);
    *length = java_frames(words, *length, max - 1);
    jint works_for = operation;
    if (works_for != 0) words[(*length)++] = (void *)(OPERATION << 48 | (uint64_t)(uint32_t)works_for);
    in_hook = 0;
}

/* AsyncGetCallTrace names only methods that have an id already; asking for a class' methods gives each of them one. */
static void give_ids(jclass type) {
    jint count;
    jmethodID *methods;
    if ((*jvmti)->GetClassMethods(jvmti, type, &count, &methods) == JVMTI_ERROR_NONE) {
        (*jvmti)->Deallocate(jvmti, (unsigned char *)methods);
    }
}

static void JNICALL class_prepared(jvmtiEnv *env, JNIEnv *jni, jthread thread, jclass type) {
    (void)env, (void)jni, (void)thread;
    give_ids(type);
}

/* AsyncGetCallTrace works only while somebody listens to this event. */
static void JNICALL class_loaded(jvmtiEnv *env, JNIEnv *jni, jthread thread, jclass type) {
    (void)env, (void)jni, (void)thread, (void)type;
}

/* What the scheduler runs to continue a virtual thread. Returns 0 where the JDK keeps it otherwise. */
static int find_continuation(JNIEnv *jni) {
    jclass type = (*jni)->FindClass(jni, "java/lang/VirtualThread");
    if (type != NULL) {
        continuation = (*jni)->GetFieldID(jni, type, "runContinuation", "Ljava/lang/Runnable;");
        if (continuation != NULL) virtual_thread = (*jni)->NewGlobalRef(jni, type);
        (*jni)->DeleteLocalRef(jni, type);
    }
    (*jni)->ExceptionClear(jni);
    return virtual_thread != NULL;
}

static int follow_classes(JNIEnv *jni) {
    jvmtiCapabilities names = {0};
    names.can_get_source_file_name = 1;
    names.can_get_line_numbers = 1;
    /* Without them frames have no files or lines; their methods they have. */
    (void)(*jvmti)->AddCapabilities(jvmti, &names);
    if ((*jvmti)->SetEventNotificationMode(jvmti, JVMTI_ENABLE, JVMTI_EVENT_CLASS_LOAD, NULL) != JVMTI_ERROR_NONE ||
        (*jvmti)->SetEventNotificationMode(jvmti, JVMTI_ENABLE, JVMTI_EVENT_CLASS_PREPARE, NULL) !=
            JVMTI_ERROR_NONE) {
        return NO_JVMTI;
    }
    jint count;
    jclass *classes;
    if ((*jvmti)->GetLoadedClasses(jvmti, &count, &classes) != JVMTI_ERROR_NONE) return NO_JVMTI;
    for (jint i = 0; i < count; i++) {
        give_ids(classes[i]);
        (*jni)->DeleteLocalRef(jni, classes[i]);
    }
    (*jvmti)->Deallocate(jvmti, (unsigned char *)classes);
    return INSTALLED;
}

/* Has operations follow the threads that work for them. Returns INSTALLED or an outcome below it. To be called once, before
 * all others. */
EXPORT(jint) Java_dev_brr_jemalloc_profile_HookLibrary_follow(JNIEnv *jni, jclass self) {
    (void)self;
    if (mallctl == NULL) return NO_MALLCTL;
    (void)find_continuation(jni);
    return INSTALLED;
}

/* Returns INSTALLED or NO_JVMTI. */
static int open_jvmti(JNIEnv *jni) {
    jvmtiEventCallbacks callbacks = {0};
    callbacks.ClassLoad = class_loaded;
    callbacks.ClassPrepare = class_prepared;
    return (*jni)->GetJavaVM(jni, &vm) == JNI_OK &&
                (*vm)->GetEnv(vm, (void **)&jvmti, JVMTI_VERSION_21) == JNI_OK &&
                (*jvmti)->SetEventCallbacks(jvmti, &callbacks, sizeof callbacks) == JVMTI_ERROR_NONE
        ? INSTALLED
        : NO_JVMTI;
}

/* Sets the hook. Returns INSTALLED, an outcome below it, or the errno of mallctl. To be called once, after follow. */
EXPORT(jint) Java_dev_brr_jemalloc_profile_HookLibrary_install(JNIEnv *jni, jclass self) {
    (void)self;
    if (AsyncGetCallTrace == NULL) return NO_CALL_TRACE;
    size_t size = sizeof unwind;
    int error = mallctl("experimental.hooks.prof_backtrace", &unwind, &size, NULL, 0);
    if (error != 0) return error;
    if (open_jvmti(jni) != INSTALLED) return NO_JVMTI;
    int classes = follow_classes(jni);
    if (classes != INSTALLED) return classes;
    backtrace_hook hook = backtrace;
    return mallctl("experimental.hooks.prof_backtrace", NULL, NULL, &hook, sizeof hook);
}

/* Returns what the scheduler runs to continue a virtual thread, null where that is not known. */
EXPORT(jobject) Java_dev_brr_jemalloc_profile_HookLibrary_continuation(JNIEnv *jni, jclass self, jobject thread) {
    (void)self;
    if (virtual_thread == NULL || !(*jni)->IsInstanceOf(jni, thread, virtual_thread)) return NULL;
    return (*jni)->GetObjectField(jni, thread, continuation);
}

/* Replaces it. */
EXPORT(void)
Java_dev_brr_jemalloc_profile_HookLibrary_continueBy(JNIEnv *jni, jclass self, jobject thread, jobject run) {
    (void)self;
    (*jni)->SetObjectField(jni, thread, continuation, run);
}

/* Returns the number of the operation that this thread of the system works for, one jint, to be read and written by it. */
EXPORT(jobject) Java_dev_brr_jemalloc_profile_HookLibrary_operationWord(JNIEnv *jni, jclass self) {
    (void)self;
    return (*jni)->NewDirectByteBuffer(jni, (void *)&operation, sizeof operation);
}

/* Returns the bytes that jemalloc has given to this thread of the system, one uint64_t; NULL where it does not count. */
EXPORT(jobject) Java_dev_brr_jemalloc_profile_HookLibrary_nativeCounter(JNIEnv *jni, jclass self) {
    (void)self;
    uint64_t *counter = NULL;
    size_t size = sizeof counter;
    if (mallctl("thread.allocatedp", &counter, &size, NULL, 0) != 0) return NULL;
    return (*jni)->NewDirectByteBuffer(jni, counter, sizeof *counter);
}

/* Returns the offset of a field of one of HotSpot's structures in bytes, -1 where it has none of that name. */
static jlong offset_of(const char *type, const char *field) {
    if (&gHotSpotVMStructs == NULL || &gHotSpotVMStructEntryTypeNameOffset == NULL ||
        &gHotSpotVMStructEntryFieldNameOffset == NULL || &gHotSpotVMStructEntryOffsetOffset == NULL ||
        &gHotSpotVMStructEntryArrayStride == NULL) {
        return -1;
    }
    for (const char *entry = gHotSpotVMStructs; entry != NULL; entry += gHotSpotVMStructEntryArrayStride) {
        const char *of = *(const char *const *)(entry + gHotSpotVMStructEntryTypeNameOffset);
        const char *name = *(const char *const *)(entry + gHotSpotVMStructEntryFieldNameOffset);
        if (of == NULL || name == NULL) break;
        if (strcmp(of, type) == 0 && strcmp(name, field) == 0) {
            return (jlong)*(const uint64_t *)(entry + gHotSpotVMStructEntryOffsetOffset);
        }
    }
    return -1;
}

/*
 * Returns where HotSpot's description of a thread has, in bytes from its begin: how many bytes of objects were counted for
 * it, then the begin and the end of what is in use of the buffer that it allocates from, whose bytes are not counted as yet.
 * An empty array where that is not known.
 */
EXPORT(jlongArray) Java_dev_brr_jemalloc_profile_HookLibrary_javaCounterOffsets(JNIEnv *jni, jclass self) {
    (void)self;
    jlong buffer = offset_of("Thread", "_tlab");
    jlong start = offset_of("ThreadLocalAllocBuffer", "_start");
    jlong top = offset_of("ThreadLocalAllocBuffer", "_top");
    jlong offsets[] = {offset_of("Thread", "_allocated_bytes"), buffer + start, buffer + top};
    jclass type = (*jni)->FindClass(jni, "java/lang/Thread");
    if (type != NULL) native_thread = (*jni)->GetFieldID(jni, type, "eetop", "J");
    (*jni)->ExceptionClear(jni);
    int known = native_thread != NULL && buffer >= 0 && start >= 0 && top >= 0 && offsets[0] >= 0;
    jsize length = known ? sizeof offsets / sizeof offsets[0] : 0;
    jlongArray array = (*jni)->NewLongArray(jni, length);
    if (array != NULL) (*jni)->SetLongArrayRegion(jni, array, 0, length, offsets);
    return array;
}

/* Returns so many bytes of HotSpot's description of a thread that is not virtual and runs; after javaCounterOffsets. */
EXPORT(jobject)
Java_dev_brr_jemalloc_profile_HookLibrary_nativeThread(JNIEnv *jni, jclass self, jobject thread, jlong bytes) {
    (void)self;
    jlong address = (*jni)->GetLongField(jni, thread, native_thread);
    return address == 0 ? NULL : (*jni)->NewDirectByteBuffer(jni, (void *)(uintptr_t)address, bytes);
}

/* Returns calls, those with Java frames, then those without by AsyncGetCallTrace's error (0 to 15, negated). */
EXPORT(jlongArray) Java_dev_brr_jemalloc_profile_HookLibrary_counts(JNIEnv *jni, jclass self) {
    (void)self;
    jlong counts[2 + ERRORS] = {atomic_load(&calls), atomic_load(&with_java)};
    for (int i = 0; i < ERRORS; i++) counts[2 + i] = atomic_load(&without_java[i]);
    jlongArray array = (*jni)->NewLongArray(jni, 2 + ERRORS);
    if (array != NULL) (*jni)->SetLongArrayRegion(jni, array, 0, 2 + ERRORS, counts);
    return array;
}

static jstring joined(JNIEnv *jni, const char *type, const char *name, const char *file) {
    char text[2048];
    int length = snprintf(text, sizeof text, "%s\t%s\t%s", type, name, file);
    return length < 0 || length >= (int)sizeof text ? NULL : (*jni)->NewStringUTF(jni, text);
}

/* Returns "Lpackage/Class;\tmethod\tFile.java", null where the class is not there any more. */
EXPORT(jstring) Java_dev_brr_jemalloc_profile_HookLibrary_describe(JNIEnv *jni, jclass self, jlong id) {
    (void)self;
    if (jvmti == NULL) return NULL;
    jmethodID method = (jmethodID)(uintptr_t)id;
    jclass type = NULL;
    char *name = NULL, *signature = NULL, *file = NULL;
    jstring text = NULL;
    if ((*jvmti)->GetMethodName(jvmti, method, &name, NULL, NULL) == JVMTI_ERROR_NONE &&
        (*jvmti)->GetMethodDeclaringClass(jvmti, method, &type) == JVMTI_ERROR_NONE &&
        (*jvmti)->GetClassSignature(jvmti, type, &signature, NULL) == JVMTI_ERROR_NONE) {
        if ((*jvmti)->GetSourceFileName(jvmti, type, &file) != JVMTI_ERROR_NONE) file = NULL;
        text = joined(jni, signature, name, file == NULL ? "" : file);
    }
    (*jvmti)->Deallocate(jvmti, (unsigned char *)name);
    (*jvmti)->Deallocate(jvmti, (unsigned char *)signature);
    (*jvmti)->Deallocate(jvmti, (unsigned char *)file);
    if (type != NULL) (*jni)->DeleteLocalRef(jni, type);
    return text;
}

/* Returns the line of a bytecode index, 0 where it is not known. */
EXPORT(jint) Java_dev_brr_jemalloc_profile_HookLibrary_line(JNIEnv *jni, jclass self, jlong id, jint index) {
    (void)jni, (void)self;
    jint count, line = 0;
    jvmtiLineNumberEntry *table;
    if (jvmti == NULL ||
        (*jvmti)->GetLineNumberTable(jvmti, (jmethodID)(uintptr_t)id, &count, &table) != JVMTI_ERROR_NONE) {
        return 0;
    }
    jlocation best = -1;
    for (jint i = 0; i < count; i++) {
        if (table[i].start_location <= index && table[i].start_location > best) {
            best = table[i].start_location;
            line = table[i].line_number;
        }
    }
    (*jvmti)->Deallocate(jvmti, (unsigned char *)table);
    return line;
}
