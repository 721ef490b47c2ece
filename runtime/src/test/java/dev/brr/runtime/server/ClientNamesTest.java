package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brr.runtime.config.TlsSettings;
import dev.brr.runtime.handler.Response;
import io.helidon.webserver.ConnectionContext;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody looks up the names of clients, and who asks for a name gets it. */
class ClientNamesTest {
    private static final String MEMBERS =
            "paths: {/a: {get: {operationId: a, responses: {'200': {description: d, content: {text/plain: {}}}}}}}";
    private static final byte[] ADDRESS = {10, 1, 2, 3};

    @TempDir
    private Path folder;

    private final InetAddressResolver names = new InetAddressResolver() {
        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
            return Stream.of(InetAddress.getByAddress(host, ADDRESS));
        }

        @Override
        public String lookupByAddress(byte[] address) {
            return "name.example";
        }
    };

    /** Stands for a class of the web server. */
    private static final class Asking {
        static String name(InetAddressResolver resolver) throws UnknownHostException {
            return resolver.lookupByAddress(ADDRESS);
        }
    }

    @Test
    void whoIsToGetNoNamesGetsNone() {
        // given
        InetAddressResolver resolver = new ClientNames.Resolver(names, Asking.class.getName());

        // then
        assertThatThrownBy(() -> Asking.name(resolver)).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void allOthersGetThem() throws UnknownHostException {
        // given: called by this class, though another one has asked it to
        InetAddressResolver resolver = new ClientNames.Resolver(names, "another.Class");

        // then
        assertThat(Asking.name(resolver)).isEqualTo("name.example");
        assertThat(resolver.lookupByName("a", InetAddressResolver.LookupPolicy.of(1)))
                .containsExactly(InetAddress.getByAddress("a", ADDRESS));
    }

    @Test
    void aClientByTlsKeepsItsAddressForAName() throws Exception {
        // given
        KeyPair keys = Certificates.keys("EC", 256);
        TlsSettings settings = new TlsSettings(
                Files.writeString(folder.resolve("tls.crt"), Certificates.certificate("a", keys)),
                Files.writeString(folder.resolve("tls.key"), Certificates.key(keys)),
                Duration.ofSeconds(10));
        CompletableFuture<String> name = new CompletableFuture<>();
        try (TestService service = TestService.start(
                        MEMBERS,
                        Map.of("a", _ -> {
                            name.complete(nameOfClient());
                            return Response.ok("a");
                        }),
                        config -> config.withListen(listen -> listen.withTls(settings)));
                RawClient client = RawClient.byTls(service.server().port())) {
            // when
            String answer = client.send("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                    .readToEnd();

            // then
            assertThat(answer).startsWith("HTTP/1.1 200 ");
            assertThat(name.get()).isEqualTo("127.0.0.1");
        }
    }

    /** What is known of the name without asking for it. */
    private static String nameOfClient() throws ReflectiveOperationException {
        Field context = WatchedConnection.class.getDeclaredField("context");
        context.setAccessible(true);
        return ((ConnectionContext) context.get(WatchedConnection.current()))
                .remotePeer()
                .host();
    }
}
