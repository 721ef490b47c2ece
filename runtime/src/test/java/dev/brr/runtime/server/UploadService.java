package dev.brr.runtime.server;

import dev.brr.runtime.config.RuntimeConfig;
import dev.brr.runtime.handler.HandlerDiscovery;
import dev.brr.runtime.handler.Part;
import dev.brr.runtime.handler.Request;
import dev.brr.runtime.handler.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A service that says how large files are and what they hold. */
final class UploadService {
    static final String MEMBERS = """
            paths:
              /form:
                post:
                  operationId: form
                  requestBody:
                    required: true
                    content:
                      multipart/form-data:
                        schema: {type: object, properties: {file: {type: string, format: binary}}}
                  responses: {'200': {description: d, content: {application/json: {}}}}
              /bytes:
                post:
                  operationId: bytes
                  requestBody: {required: true, content: {application/octet-stream: {}}}
                  responses: {'200': {description: d, content: {application/json: {}}}}
              /fails:
                post:
                  operationId: fails
                  requestBody: {required: true, content: {application/octet-stream: {}}}
                  responses: {'200': {description: d, content: {application/json: {}}}}
            """;

    private UploadService() {}

    static HandlerDiscovery handlers() {
        return new HandlerDiscovery(
                Map.of("form", UploadService::form, "bytes", UploadService::bytes, "fails", _ -> {
                    throw new IllegalStateException("on purpose");
                }),
                List.of());
    }

    private static Response form(Request request) throws Exception {
        Part part = request.parts().getFirst();
        return Response.ok(part.name() + " " + part.size() + " " + digest(part.open()));
    }

    private static Response bytes(Request request) throws Exception {
        return Response.ok(digest(request.bodyStream()));
    }

    static String digest(InputStream in) throws Exception {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        try (DigestInputStream digest = new DigestInputStream(in, sha)) {
            digest.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    /** Takes the document, the folder and the largest body. */
    public static void main(String[] arguments) throws StartupException, IOException, InterruptedException {
        RuntimeConfig config = RuntimeConfig.defaults(Path.of(arguments[0]))
                .withListen(listen -> listen.withHost("127.0.0.1").withPort(0))
                .withLimits(limits -> limits.withMaxBodyBytes(Long.parseLong(arguments[2]))
                        .withTemporaryFiles(Path.of(arguments[1]), 1L << 30));
        TestProgram.serve(BrrServer.start(config, handlers()));
    }
}
