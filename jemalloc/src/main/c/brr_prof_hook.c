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
 * What a thread allocates while it works for an operation is added up: jemalloc and the JVM count bytes by thread of the
 * system, so an account is settled whenever the operation changes there, which is also when a virtual thread leaves its
 * carrier.
 *
 * Depends on nothing but libc: mallctl and AsyncGetCallTrace are weak, so that the library loads everywhere and can say
 * what is missing.
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

#define ACCOUNTS_EACH 1024u
#define CHUNKS 64u
/* Of sets of accounts. Threads take them in turns: two processors that count the same operation would else hand one line of
 * the cache back and forth for each request. */
#define SETS 8u

/* Counts what threads have allocated for one operation. */
typedef struct {
    atomic_ullong native;
    atomic_ullong java;
} account;

typedef jlong(JNICALL *java_counter)(JNIEnv *, jclass, jlong);

static JavaVM *vm;
static jvmtiEnv *jvmti;
static backtrace_hook unwind;
static jclass virtual_thread;
static jfieldID continuation;
/* Set while others work for operations already. */
static _Atomic(java_counter) java_allocated;
static _Atomic(account *) accounts[SETS][CHUNKS];
static atomic_uint threads;
static atomic_long calls, with_java, without_java[ERRORS];
static __thread int in_hook __attribute__((tls_model("initial-exec")));
/* The set that this thread settles its accounts in, counted from 1; 0 before the first. */
static __thread unsigned set __attribute__((tls_model("initial-exec")));
static __thread jint operation __attribute__((tls_model("initial-exec")));
static __thread struct {
    const volatile uint64_t *native;
    uint64_t native_since;
    jlong java_since;
} counted __attribute__((tls_model("initial-exec")));

/* Returns an operation's account in this thread's set; NULL where there is no memory, or the number is beyond all. */
static account *account_of(jint number) {
    unsigned chunk = (unsigned)number / ACCOUNTS_EACH;
    if (chunk >= CHUNKS) return NULL;
    if (set == 0) set = 1 + atomic_fetch_add_explicit(&threads, 1, memory_order_relaxed) % SETS;
    _Atomic(account *) *mine = &accounts[set - 1][chunk];
    account *first = atomic_load_explicit(mine, memory_order_acquire);
    if (first == NULL) {
        account *made = aligned_alloc(64, ACCOUNTS_EACH * sizeof(account));
        if (made == NULL) return NULL;
        memset(made, 0, ACCOUNTS_EACH * sizeof(account));
        if (atomic_compare_exchange_strong(mine, &first, made)) first = made;
        else free(made);
    }
    return &first[(unsigned)number % ACCOUNTS_EACH];
}

/* Adds up what the accounts of an operation have, that of native bytes or that of Java's. */
static jlong allocated(jint number, int java) {
    unsigned chunk = (unsigned)number / ACCOUNTS_EACH;
    unsigned long long sum = 0;
    for (unsigned at = 0; chunk < CHUNKS && at < SETS; at++) {
        account *first = atomic_load_explicit(&accounts[at][chunk], memory_order_acquire);
        if (first == NULL) continue;
        account *settled = &first[(unsigned)number % ACCOUNTS_EACH];
        sum += atomic_load_explicit(java ? &settled->java : &settled->native, memory_order_relaxed);
    }
    return (jlong)sum;
}

static uint64_t native_allocated(void) {
    if (counted.native == NULL) {
        uint64_t *counter = NULL;
        size_t size = sizeof counter;
        if (mallctl("thread.allocatedp", &counter, &size, NULL, 0) != 0) return 0;
        counted.native = counter;
    }
    return *counted.native;
}

/* Returns what this thread has allocated of Java objects, -1 while nobody counts. */
static jlong java_allocated_here(JNIEnv *env) {
    java_counter counter = atomic_load_explicit(&java_allocated, memory_order_relaxed);
    return counter == NULL ? -1 : counter(env, NULL, 0);
}

/* Settles the account of the operation until now, and opens that of the next. */
static void go_on_for(JNIEnv *env, jint next) {
    jint before = operation;
    if (before == 0 && next == 0) return;
    uint64_t native = native_allocated();
    jlong java = java_allocated_here(env);
    account *settled = before == 0 ? NULL : account_of(before);
    if (settled != NULL) {
        atomic_fetch_add_explicit(&settled->native, native - counted.native_since, memory_order_relaxed);
        /* Of an operation that began before the count it is not known. */
        if (java >= 0 && counted.java_since >= 0) {
            atomic_fetch_add_explicit(
                &settled->java, (unsigned long long)(java - counted.java_since), memory_order_relaxed);
        }
    }
    counted.native_since = native;
    counted.java_since = java;
    operation = next;
}

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
    if (operation != 0) words[(*length)++] = (void *)(OPERATION << 48 | (uint64_t)(uint32_t)operation);
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

/*
 * Has operations follow the threads that work for them, and counts what these allocate. Returns INSTALLED or an outcome
 * below it. To be called once, before all others.
 */
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

/* Sets the operation that this thread works for, 0 for none; returns the one before. */
EXPORT(jint) Java_dev_brr_jemalloc_profile_HookLibrary_enter(JNIEnv *jni, jclass self, jint number) {
    (void)self;
    jint before = operation;
    go_on_for(jni, number);
    return before;
}

/* Has the bytes of Java objects counted, by the function that counts those of this thread: see HookLibrary. */
EXPORT(void) Java_dev_brr_jemalloc_profile_HookLibrary_countJava(JNIEnv *jni, jclass self, jlong function) {
    (void)jni, (void)self;
    atomic_store_explicit(&java_allocated, (java_counter)(uintptr_t)function, memory_order_relaxed);
}

EXPORT(jlong) Java_dev_brr_jemalloc_profile_HookLibrary_javaAllocatedHere(JNIEnv *jni, jclass self) {
    (void)self;
    return java_allocated_here(jni);
}

EXPORT(jlong) Java_dev_brr_jemalloc_profile_HookLibrary_nativeAllocated(JNIEnv *jni, jclass self, jint number) {
    (void)jni, (void)self;
    return allocated(number, 0);
}

EXPORT(jlong) Java_dev_brr_jemalloc_profile_HookLibrary_javaAllocated(JNIEnv *jni, jclass self, jint number) {
    (void)jni, (void)self;
    return allocated(number, 1);
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
