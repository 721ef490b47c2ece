package dev.brr.jemalloc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProcessFactsTest {

    @ParameterizedTest(name = "preload {0}, mapped {1}, secure {2}, prefixed {3}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                                | ld-linux-x86-64.so.2               | false | false | NOT_PRELOADED     | LD_PRELOAD is not set. Start the process with LD_PRELOAD=libjemalloc.so.2.
            libfaketime.so.1                 | ld-linux-x86-64.so.2               | false | false | NOT_PRELOADED     | LD_PRELOAD is "libfaketime.so.1" and names no jemalloc. Start the process with LD_PRELOAD=libjemalloc.so.2.
            -                                | ld-linux-aarch64.so.1              | false | false | NOT_PRELOADED     | LD_PRELOAD is not set. Start the process with LD_PRELOAD=libjemalloc.so.2.
            -                                | ld-2.31.so                         | false | false | NOT_PRELOADED     | LD_PRELOAD is not set. Start the process with LD_PRELOAD=libjemalloc.so.2.
            -                                | ld64.so.2                          | false | false | NOT_PRELOADED     | LD_PRELOAD is not set. Start the process with LD_PRELOAD=libjemalloc.so.2.
            /opt/jemalloc/libfaketime.so.1   | ld-linux-x86-64.so.2               | false | false | NOT_PRELOADED     | LD_PRELOAD is "/opt/jemalloc/libfaketime.so.1" and names no jemalloc. Start the process with LD_PRELOAD=libjemalloc.so.2.
            libjemalloc.so.2                 | ld-linux-x86-64.so.2               | false | false | LIBRARY_NOT_FOUND | LD_PRELOAD is "libjemalloc.so.2", but the loader could not load it and went on without. Is the file there, and for this machine? With libjemalloc2 installed, libjemalloc.so.2 will do.
            /usr/lib/arm/libjemalloc.so.2    | ld-linux-x86-64.so.2               | false | false | LIBRARY_NOT_FOUND | LD_PRELOAD is "/usr/lib/arm/libjemalloc.so.2", but the loader could not load it and went on without. Is the file there, and for this machine? With libjemalloc2 installed, libjemalloc.so.2 will do.
            libjemalloc.so.2                 | ld-linux-x86-64.so.2 libjemalloc.so.2 | false | true | PREFIXED_BUILD  | /lib/libjemalloc.so.2 exports je_mallctl: it was built with a prefix and replaces no malloc. Preload a build without one, such as Debian's libjemalloc2.
            libjemalloc.so.2                 | ld-linux-x86-64.so.2 libjemalloc.so.2 | false | false | PREFIXED_BUILD | /lib/libjemalloc.so.2 is loaded but exports no mallctl. Preload a build without a prefix, such as Debian's libjemalloc2.
            -                                | ld-linux-x86-64.so.2 librocksdb.so | false | true  | PREFIXED_BUILD    | A library of this process exports je_mallctl: it was built with a prefix and replaces no malloc. Preload a build without one, such as Debian's libjemalloc2.
            -                                | ld-linux-x86-64.so.2               | true  | false | SECURE_EXECUTION  | The executable has file capabilities or another identity than its caller, so the loader ignored LD_PRELOAD. Remove the capability (getcap, setcap -r) and use a port above 1023.
            libjemalloc.so.2                 | ld-linux-x86-64.so.2               | true  | false | SECURE_EXECUTION  | The executable has file capabilities or another identity than its caller, so the loader ignored LD_PRELOAD. Remove the capability (getcap, setcap -r) and use a port above 1023.
            libjemalloc.so.2                 | ld-musl-x86_64.so.1                | false | false | MUSL              | This process runs on musl; Debian's jemalloc is built for glibc. Use a glibc base image, or the distribution's own jemalloc.
            -                                | libc.musl-x86_64.so.1              | true  | false | MUSL              | This process runs on musl; Debian's jemalloc is built for glibc. Use a glibc base image, or the distribution's own jemalloc.
            libjemalloc.so.2                 | service                            | false | false | STATIC_BINARY     | The executable is statically linked, and nothing reads LD_PRELOAD. Link it dynamically, or link jemalloc into it.
            libjemalloc.so.2                 | libldap.so.2                       | false | false | STATIC_BINARY     | The executable is statically linked, and nothing reads LD_PRELOAD. Link it dynamically, or link jemalloc into it.
            """)
    void theReasonFollowsFromTheFacts(
            @Nullable String preload,
            String mapped,
            boolean secure,
            boolean prefixed,
            Absence reason,
            String explanation) {
        // given
        ProcessFacts facts = new ProcessFacts(preload, maps(mapped), secure, prefixed);

        // then
        assertThat(facts.absence()).isEqualTo(new Jemalloc.Absent(reason, explanation));
    }

    /** What JNA's native part needs, too: where it is missing, that is why JNA cannot load it. */
    @ParameterizedTest
    @CsvSource({
        "ld-musl-x86_64.so.1, MUSL",
        "libc.musl-x86_64.so.1, MUSL",
        "service, STATIC_BINARY",
        "ld-linux-x86-64.so.2, NO_NATIVE_ACCESS"
    })
    void whereJnaCannotBeLoadedTheProcessMayBeTheReason(String mapped, Absence reason) {
        // given
        ProcessFacts facts = new ProcessFacts("libjemalloc.so.2", maps(mapped), true, true);
        Error failure = new UnsatisfiedLinkError("libjnidispatch.so: cannot open");

        // when
        Jemalloc.Absent absent = JemallocProbe.withoutJna(failure, Optional.of(facts));

        // then
        assertThat(absent.reason()).isEqualTo(reason);
    }

    @Test
    void withoutFactsJnasOwnWordIsTheReason() {
        // given
        Error failure = new UnsatisfiedLinkError("libjnidispatch.so: cannot open");

        // when
        Jemalloc.Absent absent = JemallocProbe.withoutJna(failure, Optional.empty());

        // then
        assertThat(absent).isEqualTo(new Jemalloc.Absent(Absence.NO_NATIVE_ACCESS, JnaFailure.explanation(failure)));
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true"})
    void secureExecutionStandsInTheAuxiliaryVector(long value, boolean secure) {
        assertThat(ProcessFacts.secureExecution(vector(6, 4096, 23, value, 0, 0)))
                .isEqualTo(secure);
    }

    @Test
    void anAuxiliaryVectorEndsAtItsNull() {
        assertThat(ProcessFacts.secureExecution(vector(6, 4096, 0, 0, 23, 1))).isFalse();
    }

    @Test
    void aCutOffAuxiliaryVectorSaysNothing() {
        assertThat(ProcessFacts.secureExecution(vector(23))).isFalse();
        assertThat(ProcessFacts.secureExecution(new byte[0])).isFalse();
        assertThat(ProcessFacts.secureExecution(new byte[] {23})).isFalse();
    }

    @Test
    void thisJvmIsNotExecutedSecurely() throws IOException {
        assertThat(ProcessFacts.secureExecution(Files.readAllBytes(Path.of("/proc/self/auxv"))))
                .isFalse();
    }

    @Test
    void theFactsOfThisJvmSayThatNothingIsPreloaded() throws IOException {
        // given
        ProcessFacts facts = ProcessFacts.read(false);

        // then
        assertThat(facts.absence().reason()).isEqualTo(Absence.NOT_PRELOADED);
    }

    @ParameterizedTest
    @EnumSource
    void aReasonIsAWordForATag(Absence reason) {
        assertThat(reason.tag()).matches("[a-z][a-z_]*[a-z]");
    }

    @Test
    void theReadmeHasEveryReason() throws IOException {
        // given
        String readme = Files.readString(Path.of("README.md"));

        // then
        assertThat(Absence.values()).allMatch(reason -> readme.contains("| `" + reason.tag() + "` |"));
    }

    private static ProcessMaps maps(String fileNames) {
        StringBuilder text = new StringBuilder();
        for (String name : fileNames.split(" ", -1)) {
            text.append("7f0000200000-7f0000201000 r-xp 00000000 fe:01 42 /lib/%s%n".formatted(name));
        }
        return ProcessMaps.parse(text.toString());
    }

    private static byte[] vector(long... words) {
        ByteBuffer bytes = ByteBuffer.allocate(words.length * Long.BYTES).order(ByteOrder.nativeOrder());
        for (long word : words) {
            bytes.putLong(word);
        }
        return bytes.array();
    }
}
