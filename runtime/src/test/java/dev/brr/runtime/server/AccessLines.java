package dev.brr.runtime.server;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a service has written to its access log. */
final class AccessLines {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Where the service is to write. */
    PrintStream output() {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Waits until there are so many lines, and no more, and reads them. */
    List<JsonNode> await(int number) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> text().lines().count() == number);
        return text().lines().map(JsonMapper.shared()::readTree).toList();
    }
}
