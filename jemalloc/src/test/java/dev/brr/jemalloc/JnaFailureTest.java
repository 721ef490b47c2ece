package dev.brr.jemalloc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JnaFailureTest {

    private static final String FORBIDDEN = "This JVM forbids native access (--illegal-native-access=deny). Allow it:"
            + " --enable-native-access=ALL-UNNAMED, or the name of JNA's module, com.sun.jna.";

    static Stream<Arguments> failures() {
        Throwable denied = new ExceptionInInitializerError(new IllegalCallerException("Illegal native access from"));
        Throwable deniedBefore = new NoClassDefFoundError("Could not initialize class com.sun.jna.Native");
        deniedBefore.initCause(
                new ExceptionInInitializerError("Exception java.lang.IllegalCallerException: Illegal native access"));
        Throwable folder =
                new UnsatisfiedLinkError("Failed to create temporary file for /com/sun/jna/libjnidispatch.so");
        Throwable failedBefore = new NoClassDefFoundError("Could not initialize class com.sun.jna.Native");
        failedBefore.initCause(folder);
        return Stream.of(
                Arguments.of(denied, FORBIDDEN),
                Arguments.of(deniedBefore, FORBIDDEN),
                Arguments.of(
                        new NoClassDefFoundError("com/sun/jna/Native"),
                        "JNA is not on the class path: add net.java.dev.jna:jna."),
                Arguments.of(
                        folder,
                        "JNA could not load its native part (Failed to create temporary file for"
                                + " /com/sun/jna/libjnidispatch.so). It needs a writable folder to unpack it: set"
                                + " -Djna.tmpdir."),
                Arguments.of(
                        failedBefore,
                        "JNA could not load its native part (Failed to create temporary file for"
                                + " /com/sun/jna/libjnidispatch.so). It needs a writable folder to unpack it: set"
                                + " -Djna.tmpdir."),
                Arguments.of(
                        new Error("\n\nThere is an incompatible JNA native library installed\nExpected: 7.0.4\n"),
                        "There is an incompatible JNA native library installed. Remove the other one from"
                                + " jna.boot.library.path and java.library.path, or set -Djna.nosys=true."),
                Arguments.of(
                        new ExceptionInInitializerError(),
                        "JNA could not load its native part (java.lang.ExceptionInInitializerError). It needs a"
                                + " writable folder to unpack it: set -Djna.tmpdir."));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureIsExplainedWithItsCure(Throwable thrown, String explanation) {
        assertThat(JnaFailure.explanation(thrown)).isEqualTo(explanation);
    }
}
