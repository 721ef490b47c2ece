package dev.brr.runtime.profiling;

import dev.brr.runtime.dispatch.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/** Compares what a request brings with the token in a file, which may come, change and go while the service runs. */
final class DebugToken {
    private static final String BEARER = "Bearer ";

    private final Optional<Path> file;

    DebugToken(Optional<Path> file) {
        this.file = file;
    }

    /** What became of a request's credentials. */
    enum Verdict {
        OPEN,
        /** There is no token: nobody gets in. */
        CLOSED,
        REFUSED
    }

    Verdict judge(Exchange exchange) {
        String token = token();
        if (token.isEmpty()) {
            return Verdict.CLOSED;
        }
        List<String> given = exchange.header("authorization");
        return given.size() == 1
                        && given.getFirst().regionMatches(true, 0, BEARER, 0, BEARER.length())
                        && equal(given.getFirst().substring(BEARER.length()).strip(), token)
                ? Verdict.OPEN
                : Verdict.REFUSED;
    }

    /** A file that cannot be read is as none: an optional volume's is not there until its Secret is. */
    private String token() {
        try {
            return file.isPresent() ? Files.readString(file.get()).strip() : "";
        } catch (IOException _) {
            return "";
        }
    }

    private static boolean equal(String given, String token) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }
}
