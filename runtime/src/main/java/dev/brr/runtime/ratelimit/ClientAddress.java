package dev.brr.runtime.ratelimit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Finds the address that a request comes from.
 *
 * <p>{@code X-Forwarded-For} counts only as far as trusted proxies have written it: read from its end, it is followed
 * while the writer, the peer at first, is trusted. Of an IPv6 address the first 64 bits count, for a single client has
 * all the others.
 */
public final class ClientAddress {
    private static final int IPV6_BYTES_OF_CLIENT = 8;
    private static final int MOST_HOPS = 32;

    private final List<Subnet> trusted;

    /** @param trusted the proxies whose word is taken */
    public ClientAddress(List<Subnet> trusted) {
        this.trusted = List.copyOf(trusted);
    }

    /**
     * Gives the client as a text that is the same for all its requests.
     *
     * @param peer the address at the other end of the connection
     * @param forwardedFor the values of {@code X-Forwarded-For}, in the order they came
     */
    public String of(InetAddress peer, List<String> forwardedFor) {
        InetAddress client = peer;
        if (!trusted.isEmpty() && !forwardedFor.isEmpty() && isTrusted(client)) {
            String[] hops = String.join(",", forwardedFor).split(",");
            int least = Math.max(0, hops.length - MOST_HOPS);
            for (int i = hops.length - 1; i >= least && isTrusted(client); i--) {
                Optional<InetAddress> hop = Subnet.address(hops[i].strip());
                if (hop.isEmpty()) {
                    break;
                }
                client = hop.get();
            }
        }
        return text(client);
    }

    private boolean isTrusted(InetAddress address) {
        for (Subnet subnet : trusted) {
            if (subnet.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static String text(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        StringBuilder text = new StringBuilder("ipv6:");
        byte[] bytes = address.getAddress();
        for (int i = 0; i < IPV6_BYTES_OF_CLIENT; i++) {
            text.append(Integer.toHexString(bytes[i] & 0xff)).append('.');
        }
        return text.toString();
    }
}
