package dev.brr.jemalloc.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtobufTest {

    @ParameterizedTest
    @CsvSource({
        // field, value, bytes
        "1,  0,                    0800",
        "1,  1,                    0801",
        "1,  127,                  087f",
        "1,  128,                  088001",
        "1,  150,                  089601",
        "2,  16384,                10808001",
        "15, 1,                    7801",
        "16, 1,                    800101",
        "1,  -1,                   08ffffffffffffffffff01",
        "1,  9223372036854775807,  08ffffffffffffffff7f",
        "1,  -9223372036854775808, 0880808080808080808001",
    })
    void aNumberIsAVarint(int field, long value, String hex) {
        // given
        var message = new Protobuf();
        // when
        message.number(field, value);
        // then
        assertThat(HexFormat.of().formatHex(message.bytes())).isEqualTo(hex);
    }

    @ParameterizedTest
    @CsvSource({
        "2, testing, 120774657374696e67",
        "2, '',      1200",
        "1, é,       0a02c3a9",
    })
    void aTextIsItsLengthInBytesAndItsBytes(int field, String text, String hex) {
        // given
        var message = new Protobuf();
        // when
        message.string(field, text);
        // then
        assertThat(HexFormat.of().formatHex(message.bytes())).isEqualTo(hex);
    }

    @Test
    void aMessageInAMessageIsItsLengthAndItsBytes() {
        // given
        var inner = new Protobuf().number(1, 150);
        // when
        var outer = new Protobuf().message(3, inner);
        // then
        assertThat(HexFormat.of().formatHex(outer.bytes())).isEqualTo("1a03089601");
    }

    @Test
    void fieldsFollowEachOtherInTheOrderOfTheCalls() {
        // given
        var message = new Protobuf();
        // when
        message.number(2, 1).string(1, "a").number(2, 2);
        // then
        assertThat(HexFormat.of().formatHex(message.bytes())).isEqualTo("10010a01611002");
    }

    @Property
    void everyNumberComesBack(@ForAll long value) {
        // given
        byte[] bytes = new Protobuf().number(1, value).bytes();
        // when
        long read = 0;
        for (int i = 1; i < bytes.length; i++) {
            read |= (bytes[i] & 0x7FL) << 7 * (i - 1);
        }
        // then
        assertThat(read).isEqualTo(value);
        assertThat(bytes[bytes.length - 1]).as("the last byte ends the number").isNotNegative();
    }

    @Property
    void everyTextComesBack(@ForAll String text) {
        // given
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        // when
        byte[] bytes = new Protobuf().string(1, text).bytes();
        // then
        String end = new String(bytes, bytes.length - utf8.length, utf8.length, StandardCharsets.UTF_8);
        assertThat(end).isEqualTo(new String(utf8, StandardCharsets.UTF_8));
    }
}
