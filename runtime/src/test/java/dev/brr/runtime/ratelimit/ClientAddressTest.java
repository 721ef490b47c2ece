package dev.brr.runtime.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {
    private static Subnet subnet(String text) {
        return Subnet.parse(text).orElseThrow();
    }

    private static String client(String trusted, String peer, String... forwarded) {
        List<Subnet> proxies = trusted.isEmpty()
                ? List.of()
                : Arrays.stream(trusted.split(" "))
                        .map(ClientAddressTest::subnet)
                        .toList();
        return new ClientAddress(proxies).of(InetAddress.ofLiteral(peer), List.of(forwarded));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 192.0.2.1, 198.51.100.7, 192.0.2.1",
        "10.0.0.0/8, 192.0.2.1, 198.51.100.7, 192.0.2.1",
        "10.0.0.0/8, 10.1.2.3, 198.51.100.7, 198.51.100.7",
        "10.0.0.0/8, 10.1.2.3, '203.0.113.5, 198.51.100.7', 198.51.100.7",
        "10.0.0.0/8, 10.1.2.3, '198.51.100.7, 10.9.9.9', 198.51.100.7",
        "10.0.0.0/8, 10.1.2.3, '198.51.100.7,10.9.9.9,10.8.8.8', 198.51.100.7",
        "10.0.0.0/8, 10.1.2.3, '10.7.7.7, 10.9.9.9', 10.7.7.7",
        "10.0.0.0/8, 10.1.2.3, unknown, 10.1.2.3",
        "10.0.0.0/8, 10.1.2.3, '198.51.100.7, nonsense', 10.1.2.3",
        "10.0.0.0/8, 10.1.2.3, '', 10.1.2.3",
        "10.0.0.0/8, 10.1.2.3, localhost, 10.1.2.3",
        "10.0.0.0/8, 10.1.2.3, 198.51.100.7:1234, 10.1.2.3",
        "10.0.0.0/8 192.0.2.1, 192.0.2.1, '198.51.100.7, 10.1.1.1', 198.51.100.7",
    })
    void aForwardedAddressCountsAsFarAsItIsTrusted(String trusted, String peer, String forwarded, String client) {
        // then
        assertThat(client(trusted, peer, forwarded)).isEqualTo(client);
    }

    @Test
    void severalHeadersAreOneList() {
        // then
        assertThat(client("10.0.0.0/8", "10.1.2.3", "203.0.113.5", "198.51.100.7, 10.4.4.4"))
                .isEqualTo("198.51.100.7");
    }

    @Test
    void noHeaderLeavesThePeer() {
        // then
        assertThat(client("10.0.0.0/8", "10.1.2.3")).isEqualTo("10.1.2.3");
    }

    @Test
    void aListWithoutEndIsNotFollowedToItsBegin() {
        // given
        String hops = "198.51.100.7," + String.join(",", Collections.nCopies(1000, "10.0.0.1"));

        // then
        assertThat(client("10.0.0.0/8", "10.1.2.3", hops)).isEqualTo("10.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::1, 2001:db8:1:2:ffff::9, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "2001:db8:1:2::1, 192.0.2.1, false",
    })
    void anIpv6ClientIsItsNetwork(String one, String other, boolean same) {
        // then
        assertThat(client("", one).equals(client("", other))).isEqualTo(same);
    }

    @Test
    void anIpv6AddressMayBeForwardedInBrackets() {
        // then
        assertThat(client("::1", "::1", "[2001:db8::1]")).isEqualTo(client("", "2001:db8::1"));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/9, 10.127.0.1, true",
        "10.0.0.0/9, 10.128.0.1, false",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.0, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::/0, 2001:db8::1, true",
    })
    void aSubnetHasTheAddressesThatBeginLikeIt(String subnet, String address, boolean inside) {
        // then
        assertThat(subnet(subnet).contains(InetAddress.ofLiteral(address))).isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "::/129",
                "example.com",
                "localhost/8",
                "10.0.0.0/8/8",
                "fe80::1%eth0",
                "10.0.0.0/a"
            })
    void nothingElseIsASubnet(String text) {
        // then
        assertThat(Subnet.parse(text)).isEmpty();
    }

    @Property
    void anyHeaderLeavesSomeAddress(@ForAll List<String> forwarded) {
        // then
        assertThat(client("10.0.0.0/8", "10.1.2.3", forwarded.toArray(String[]::new)))
                .isNotEmpty();
    }
}
