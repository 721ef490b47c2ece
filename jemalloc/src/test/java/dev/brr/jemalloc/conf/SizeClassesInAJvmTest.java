package dev.brr.jemalloc.conf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.BinsProgram;
import dev.brr.jemalloc.ForkedJvm;
import dev.brr.jemalloc.ForkedJvm.Result;
import dev.brr.jemalloc.conf.MallocConf.Parsed;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Asks the library which size classes it has, and whether it makes of each what a conf asks for. */
class SizeClassesInAJvmTest {

    private static final List<Long> CLASSES = SizeClasses.SLAB_PAGES.spokenOf(1, 14336);

    @Test
    void theClassesAreThoseOfTheLibrary() {
        // given
        Result result = ForkedJvm.withJemalloc(BinsProgram.class, "").run();

        // when
        List<Long> sizes = result.out()
                .lines()
                .map(line -> Long.parseLong(line.substring(0, line.indexOf('='))))
                .toList();

        // then
        assertThat(CLASSES).isEqualTo(sizes);
    }

    @Test
    void slabsHaveTheMostPagesAndBinsTheShardsThatAreAskedFor() {
        // given
        String conf = "abort_conf:true,slab_sizes:" + groups(true) + ",bin_shards:1-14336:7";

        // when
        Result result = ForkedJvm.withJemalloc(BinsProgram.class, conf).run();

        // then
        assertThat(MallocConf.parse(conf)).isInstanceOf(Parsed.Valid.class);
        assertThat(CLASSES)
                .allSatisfy(size ->
                        assertThat(result.value(size.toString())).isEqualTo(SizeClasses.SLAB_PAGES.most(size) + ",7"));
    }

    @Test
    void slabsHaveTheLeastPagesThatAreAskedFor() {
        // given
        String conf = "abort_conf:true,slab_sizes:" + groups(false);

        // when
        Result result = ForkedJvm.withJemalloc(BinsProgram.class, conf).run();

        // then
        assertThat(MallocConf.parse(conf)).isInstanceOf(Parsed.Valid.class);
        assertThat(CLASSES)
                .allSatisfy(size ->
                        assertThat(result.value(size.toString())).isEqualTo(SizeClasses.SLAB_PAGES.least(size) + ",1"));
    }

    @Test
    void whatLiesOneBeyondIsNotMade() {
        // given
        List<String> refused = List.of("8-8:2", "16-16:3", "4096-4096:513", "14336-14336:3", "9-15:1");

        // when
        Result result = ForkedJvm.withJemalloc(BinsProgram.class, "slab_sizes:" + String.join("|", refused))
                .run();

        // then
        assertThat(refused)
                .allSatisfy(group ->
                        assertThat(MallocConf.parse("slab_sizes:" + group)).isInstanceOf(Parsed.Invalid.class));
        assertThat(List.of("8", "16", "4096", "14336").stream().map(result::value))
                .containsExactly("1,1", "2,1", "512,1", "4,1");
    }

    @Test
    void shardsOfASizeBetweenClassesAreThoseOfTheNext() {
        // given
        String conf = "abort_conf:true,bin_shards:9-15:4|20-20:5";

        // when
        Result result = ForkedJvm.withJemalloc(BinsProgram.class, conf).run();

        // then
        assertThat(SizeClasses.SHARDS.spokenOf(9, 15)).containsExactly(16L);
        assertThat(LongStream.of(8, 16, 32, 48).mapToObj(size -> result.value(Long.toString(size))))
                .containsExactly("1,1", "1,4", "1,5", "3,1");
    }

    private static String groups(boolean most) {
        return CLASSES.stream()
                .map(size -> "%d-%d:%d"
                        .formatted(
                                size,
                                size,
                                most ? SizeClasses.SLAB_PAGES.most(size) : SizeClasses.SLAB_PAGES.least(size)))
                .collect(Collectors.joining("|"));
    }
}
