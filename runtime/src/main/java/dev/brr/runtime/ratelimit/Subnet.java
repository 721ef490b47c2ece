package dev.brr.runtime.ratelimit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of addresses, as {@code 10.0.0.0/8}; an address alone is a range of one.
 *
 * @param address the first address
 * @param bits how many bits of it are fixed
 */
public record Subnet(InetAddress address, int bits) {
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    /** Reads an address, with or without a length. Names of hosts are none. */
    public static Optional<Subnet> parse(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = address(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        int most = text.indexOf(':') < 0 ? IPV4_BITS : IPV6_BITS;
        String length = slash < 0 ? String.valueOf(most) : text.substring(slash + 1);
        return length.matches("\\d{1,3}") && Integer.parseInt(length) <= most
                ? Optional.of(of(address.get(), most, Integer.parseInt(length)))
                : Optional.empty();
    }

    /**
     * The library gives the IPv4 address that an IPv6 one stands for ({@code ::ffff:10.0.0.1}), while its length counts the
     * bits in front as well. A range that leaves some of those open is one of IPv6 addresses.
     */
    private static Subnet of(InetAddress address, int most, int bits) {
        byte[] bytes = address.getAddress();
        if (bytes.length * 8 == most) {
            return new Subnet(address, bits);
        }
        return bits >= IPV6_BITS - IPV4_BITS
                ? new Subnet(address, bits - (IPV6_BITS - IPV4_BITS))
                : new Subnet(unmapped(bytes), bits);
    }

    private static InetAddress unmapped(byte[] ipv4) {
        byte[] bytes = ByteBuffer.allocate(IPV6_BITS / 8)
                .putShort(10, (short) 0xffff)
                .put(12, ipv4)
                .array();
        try {
            return Inet6Address.getByAddress(null, bytes, -1);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("sixteen bytes are an address", e);
        }
    }

    /** Reads an address as it stands in a header, with brackets around an IPv6 one or without, never by name. */
    static Optional<InetAddress> address(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        // The library takes 10.1 for 10.0.0.1, as inet_aton does; whoever writes 10/8 means another network.
        if (bare.indexOf(':') < 0 && !IPV4.matcher(bare).matches()) {
            return Optional.empty();
        }
        try {
            return bare.indexOf('%') >= 0 ? Optional.empty() : Optional.of(InetAddress.ofLiteral(bare));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** Whether an address is in the range. */
    public boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] its = other.getAddress();
        if (mine.length != its.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit += 8) {
            int wanted = Math.min(8, bits - bit);
            if (((mine[bit / 8] ^ its[bit / 8]) & 0xff) >> (8 - wanted) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + bits;
    }
}
