package dev.brr.runtime.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Subnets against arithmetic on whole addresses. */
class SubnetPropertyTest {

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static boolean beginAlike(byte[] one, byte[] other, int bits) {
        int rest = one.length * 8 - bits;
        return new BigInteger(1, one).shiftRight(rest).equals(new BigInteger(1, other).shiftRight(rest));
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] other = bytes.clone();
        other[bit / 8] ^= (byte) (0x80 >> bit % 8);
        return other;
    }

    @Property
    void anIpv4SubnetHasWhatBeginsLikeIt(
            @ForAll @Size(4) byte[] one,
            @ForAll @Size(4) byte[] other,
            @ForAll @IntRange(max = 32) int bits,
            @ForAll @IntRange(max = 31) int flip) {
        // given
        Subnet subnet = new Subnet(address(one), bits);

        // then
        assertThat(subnet.contains(address(one))).isTrue();
        assertThat(subnet.contains(address(other))).isEqualTo(beginAlike(one, other, bits));
        assertThat(subnet.contains(address(flipped(one, flip)))).isEqualTo(flip >= bits);
    }

    @Property
    void anIpv6SubnetHasWhatBeginsLikeIt(
            @ForAll @Size(15) byte[] most,
            @ForAll @IntRange(max = 128) int bits,
            @ForAll @IntRange(min = 8, max = 127) int flip) {
        // given: an address that is no IPv4 address in another form
        byte[] one = new byte[16];
        one[0] = 0x20;
        System.arraycopy(most, 0, one, 1, 15);
        Subnet subnet = new Subnet(address(one), bits);

        // then
        assertThat(subnet.contains(address(one))).isTrue();
        assertThat(subnet.contains(address(flipped(one, flip)))).isEqualTo(flip >= bits);
    }

    @Property
    void theTextFormIsReadAgain(@ForAll @Size(4) byte[] bytes, @ForAll @IntRange(max = 32) int bits) {
        // given
        Subnet subnet = new Subnet(address(bytes), bits);

        // then
        assertThat(Subnet.parse(subnet.toString())).contains(subnet);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0/8",
        "10.0.0.1, 10.0.0.1/32",
        "::1, 0:0:0:0:0:0:0:1/128",
        "2001:db8::/32, 2001:db8:0:0:0:0:0:0/32",
        "[2001:db8::]/32, 2001:db8:0:0:0:0:0:0/32",
        "0.0.0.0/0, 0.0.0.0/0",
        "10.0.0.0/08, 10.0.0.0/8",
        "::ffff:10.1.2.3, 10.1.2.3/32",
        "::ffff:a01:203/128, 10.1.2.3/32",
        "::ffff:a00:0/104, 10.0.0.0/8",
        "::ffff:0:0/96, 0.0.0.0/0",
        "::ffff:a00:0/24, 0:0:0:0:0:ffff:a00:0/24",
    })
    void anAddressAloneIsARangeOfOne(String text, String read) {
        // then
        assertThat(Subnet.parse(text).orElseThrow()).hasToString(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10/8", "192.168/16", "10.1", "167772161", "10.0.0/24", "0x0a.0.0.1", "1.2.3.4.5"})
    void shortFormsOfAddressesAreRefusedForTheyMeanAnotherNetwork(String text) {
        // when
        var subnet = Subnet.parse(text);
        // then
        assertThat(subnet).isEmpty();
    }
}
