package dev.brr.runtime.dispatch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The pages of {@code /docs}: Swagger UI from the class path, over the document that is served. Nothing of it comes from
 * elsewhere, and nothing is kept in memory between two visits.
 */
final class DocsPages {
    private static final String ROOT = "/META-INF/resources/webjars/swagger-ui/";
    private static final String HTML = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>API documentation</title>
            <link rel="stylesheet" href="docs/swagger-ui.css">
            <link rel="icon" type="image/png" href="docs/favicon-32x32.png">
            </head>
            <body>
            <div id="ui"></div>
            <script src="docs/swagger-ui-bundle.js"></script>
            <script src="docs/start.js"></script>
            </body>
            </html>
            """;
    private static final String START = """
            SwaggerUIBundle({url: "openapi.json", dom_id: "#ui", deepLinking: true, validatorUrl: null,
              oauth2RedirectUrl: new URL("docs/oauth2-redirect.html", window.location.href).href});
            """;
    /** The UI sets styles by attribute and shows images from data: URLs; it calls what the document names alone. */
    private static final String POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
            + " frame-ancestors 'none'; connect-src ";

    private static final Map<String, String> FILES = Map.of(
            "/docs/swagger-ui.css", "text/css; charset=utf-8",
            "/docs/swagger-ui-bundle.js", "text/javascript; charset=utf-8",
            "/docs/oauth2-redirect.html", "text/html; charset=utf-8",
            "/docs/oauth2-redirect.js", "text/javascript; charset=utf-8",
            "/docs/favicon-32x32.png", "image/png");

    static final Set<String> PATHS = Stream.concat(Stream.of("/docs", "/docs/start.js"), FILES.keySet().stream())
            .collect(Collectors.toSet());

    private final String policy;

    /** @param origins what a visitor may call besides the origin that the pages come from */
    DocsPages(Collection<String> origins) {
        policy = POLICY + Stream.concat(Stream.of("'self'"), origins.stream()).collect(Collectors.joining(" "));
    }

    /** Gives the page of one of {@link #PATHS}. */
    Reply page(String path) {
        Reply reply = switch (path) {
            case "/docs" -> Reply.of(200, "text/html; charset=utf-8", HTML.getBytes(StandardCharsets.UTF_8));
            case "/docs/start.js" ->
                Reply.of(200, "text/javascript; charset=utf-8", START.getBytes(StandardCharsets.UTF_8));
            default -> Reply.of(200, FILES.getOrDefault(path, "application/octet-stream"), file(path));
        };
        return reply.with("Content-Security-Policy", policy);
    }

    private static byte[] file(String path) {
        return resource(ROOT + version() + path.substring(path.lastIndexOf('/')));
    }

    /** The library's folder has its version in its name. */
    private static String version() {
        Properties properties = new Properties();
        try (InputStream in =
                DocsPages.class.getResourceAsStream("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            if (in == null) {
                throw new IllegalStateException("Swagger UI is not on the class path");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    private static byte[] resource(String name) {
        try (InputStream in = DocsPages.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
