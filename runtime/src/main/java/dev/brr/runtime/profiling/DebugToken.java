package dev.brr.runtime.profiling;

import dev.brr.runtime.dispatch.Exchange;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Compares what a request brings with the token in a file, which may come, change and go while the service runs. */
final class DebugToken {
    private static final String BEARER = "Bearer ";

    private static final Logger LOG = System.getLogger(DebugToken.class.getName());

    private final Optional<Path> file;
    private final AtomicReference<String> told = new AtomicReference<>("");

    DebugToken(Optional<Path> file) {
        this.file = file;
    }

    /** What became of a request's credentials. */
    enum Verdict {
        OPEN,
        /** There is no token: nobody gets in. */
        CLOSED,
        /** There is a file that cannot be read: nobody gets in before that is mended. */
        UNREADABLE,
        REFUSED
    }

    Verdict judge(Exchange exchange) {
        String token;
        try {
            token = token();
        } catch (IOException e) {
            tell(e);
            return Verdict.UNREADABLE;
        }
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

    /** A file that is not there is no mistake: an optional volume's is not before its Secret is. */
    private String token() throws IOException {
        try {
            String token = file.isPresent() ? Files.readString(file.get()).strip() : "";
            told.set("");
            return token;
        } catch (NoSuchFileException _) {
            return "";
        }
    }

    /** Once for as long as the problem stays the same, whoever asks. */
    private void tell(IOException problem) {
        String now = problem.toString();
        if (!now.equals(told.getAndSet(now))) {
            LOG.log(Level.WARNING, "debug.tokenFile cannot be read, so that /debug stays closed: {0}", now);
        }
    }

    private static boolean equal(String given, String token) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }
}
