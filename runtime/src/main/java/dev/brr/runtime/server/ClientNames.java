package dev.brr.runtime.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/**
 * Keeps the web server from asking a name server for the name of each client.
 *
 * <p>Helidon (seen with 4.5.0 to 4.5.3, {@code ConnectionHandler} line 295) asks for the name of whoever connects by
 * TLS, before it shakes hands, and uses it for nothing. A virtual thread that waits for a name server keeps its carrier:
 * where that server does not answer, as many connections as there are processors would stop the whole service for
 * seconds. All others get the names that they ask for. Java finds this class as a service.
 */
public final class ClientNames extends InetAddressResolverProvider {
    private static final String ASKS_FOR_NOTHING = "io.helidon.webserver.ConnectionHandler";

    @Override
    public InetAddressResolver get(Configuration configuration) {
        return new Resolver(configuration.builtinResolver(), ASKS_FOR_NOTHING);
    }

    @Override
    public String name() {
        return "brr";
    }

    /**
     * Answers as another resolver does, but for one class that gets no names.
     *
     * @param caller the name of the class
     */
    record Resolver(InetAddressResolver others, String caller) implements InetAddressResolver {
        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
            return others.lookupByName(host, policy);
        }

        @Override
        public String lookupByAddress(byte[] address) throws UnknownHostException {
            if (isAskedByCaller()) {
                throw new UnknownHostException("names of clients are not looked up");
            }
            return others.lookupByAddress(address);
        }

        private boolean isAskedByCaller() {
            return StackWalker.getInstance()
                    .walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                            .filter(name -> !name.startsWith("java.") && !name.equals(Resolver.class.getName()))
                            .findFirst()
                            .filter(caller::equals)
                            .isPresent());
        }
    }
}
