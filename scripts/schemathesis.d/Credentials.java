import dev.brr.runtime.document.DocumentCheck;
import dev.brr.runtime.document.SecurityScheme;
import dev.brr.runtime.document.ServiceDocument;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Makes credentials for each security scheme of a document: what the service has to be started with, and what a client
 * sends. They are of chance, and good for a day.
 *
 * <p>Run by {@code java -cp LIBS Credentials.java DOCUMENT FOLDER}. Writes into the folder {@code service.flags}, one flag or
 * value a line, the files that these name, and {@code schemathesis.toml}.
 */
final class Credentials {
    private static final String ISSUER = "https://issuer.example/";
    private static final String AUDIENCE = "schemathesis";

    private final Path folder;
    private final String secret = HexFormat.of().formatHex(new SecureRandom().generateSeed(16));
    private final List<String> flags = new ArrayList<>(List.of("--api-key", secret));
    private final List<String> client = new ArrayList<>();
    private String token = "";

    private Credentials(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        String text = Files.readString(Path.of(arguments[0]));
        if (ServiceDocument.check(text) instanceof DocumentCheck.Valid(ServiceDocument document)) {
            Credentials made = new Credentials(Files.createDirectories(Path.of(arguments[1])).toRealPath());
            for (SecurityScheme scheme : document.securitySchemes().values()) {
                made.add(scheme);
            }
            Files.write(made.folder.resolve("service.flags"), made.flags);
            Files.write(made.folder.resolve("schemathesis.toml"), made.client);
        } else {
            throw new IllegalArgumentException(arguments[0] + " is no document that can be served");
        }
    }

    private void add(SecurityScheme scheme) throws IOException, GeneralSecurityException {
        switch (scheme) {
            case SecurityScheme.ApiKey key -> sends(key.name(), "api_key = \"" + secret + "\"");
            case SecurityScheme.Http http when http.scheme().equals("basic") -> {
                Path users = Files.writeString(folder.resolve(http.name() + ".users"), "ann:" + secret + "\n");
                flags.addAll(List.of("--basic-users-file", http.name() + "=" + users));
                sends(http.name(), "username = \"ann\"", "password = \"" + secret + "\"");
            }
            case SecurityScheme.Http http when http.scheme().equals("bearer") -> addToken(http.name());
            case SecurityScheme.OAuth2 oauth -> addToken(oauth.name());
            case SecurityScheme.OpenIdConnect connect -> addToken(connect.name());
            case SecurityScheme.Http _, SecurityScheme.MutualTls _ -> {
                // nothing that the service takes
            }
        }
    }

    private void sends(String scheme, String... lines) {
        client.add("[auth.openapi.\"" + scheme + "\"]");
        client.addAll(List.of(lines));
    }

    private void addToken(String scheme) throws IOException, GeneralSecurityException {
        Path keys = folder.resolve("keys.json");
        if (token.isEmpty()) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            RSAPublicKey key = (RSAPublicKey) pair.getPublic();
            Files.writeString(
                    keys,
                    "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"1\",\"n\":\"%s\",\"e\":\"%s\"}]}"
                            .formatted(base64(key.getModulus()), base64(key.getPublicExponent())));
            token = signed(pair);
        }
        flags.addAll(List.of("--jwt-jwks", scheme + "=" + keys));
        flags.addAll(List.of("--jwt-issuer", scheme + "=" + ISSUER));
        flags.addAll(List.of("--jwt-audience", scheme + "=" + AUDIENCE));
        sends(scheme, "bearer = \"" + token + "\"");
    }

    private static String signed(KeyPair pair) throws GeneralSecurityException {
        String claims = "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"ann\",\"scope\":\"read write admin\",\"exp\":%d}"
                .formatted(ISSUER, AUDIENCE, Instant.now().plus(Duration.ofDays(1)).getEpochSecond());
        String content = base64("{\"alg\":\"RS256\",\"kid\":\"1\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64(claims.getBytes(StandardCharsets.UTF_8));
        Signature signer = Signature.getInstance("SHA256withRSA");
        signer.initSign(pair.getPrivate());
        signer.update(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + base64(signer.sign());
    }

    private static String base64(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return base64(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
