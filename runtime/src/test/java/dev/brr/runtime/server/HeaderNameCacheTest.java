package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeaderNameCacheTest {

    @Test
    void aNameIsMadeOnce() {
        // given
        HeaderNameCache names = new HeaderNameCache(1);

        // then
        assertThat(names.of("x-one")).isSameAs(names.of("x-one"));
        assertThat(names.of("x-one").lowerCase()).isEqualTo("x-one");
    }

    @Test
    void namesWithoutEndAreNotKept() {
        // given
        HeaderNameCache names = new HeaderNameCache(2);
        names.of("x-one");
        names.of("x-two");

        // then
        assertThat(names.of("x-three")).isNotSameAs(names.of("x-three")).isEqualTo(names.of("x-three"));
        assertThat(names.of("x-two")).isSameAs(names.of("x-two"));
    }
}
