package dev.brr.jemalloc.conf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.conf.MallocConf.Parsed;
import dev.brr.jemalloc.conf.TuningCheck.Mismatch;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a table of differences cannot show; the table is in {@code TuningDifferencesTest}. */
class TuningCheckTest {

    @Test
    void optionsThatTheFileSystemBringsAlongAreAMismatchWhateverTheySay() {
        // given
        MallocConf conf = conf("narenas:2");
        Map<String, String> effective = Map.of("narenas", "2", "malloc_conf.symlink", "narenas:7,dirty_decay_ms:0");

        // when
        List<Mismatch> mismatches = TuningCheck.compare(conf, effective);

        // then
        assertThat(mismatches)
                .extracting(Mismatch::toString)
                .containsExactly("malloc_conf.symlink is narenas:7,dirty_decay_ms:0, not none: remove /etc/malloc.conf"
                        + " from the image");
    }

    @Test
    void aLinkToNothingBringsNoOptions() {
        // given
        Map<String, String> effective = Map.of("narenas", "2", "malloc_conf.symlink", "");

        // then
        assertThat(TuningCheck.compare(conf("narenas:2"), effective)).isEmpty();
    }

    @Test
    void whatIsNotReportedDiffers() {
        assertThat(TuningCheck.compare(conf("narenas:2,zero:true"), Map.of("zero", "true")))
                .containsExactly(new Mismatch("narenas", "2", null))
                .singleElement()
                .hasToString("narenas is not reported, asked for 2");
    }

    @Test
    void aProcessWithoutJemallocDiffersInEverythingItCouldReport() {
        assertThat(TuningCheck.compare(Preset.BALANCED.conf(CpuLimit.none()), Map.of()))
                .extracting(Mismatch::option)
                .containsExactly(
                        "abort_conf",
                        "background_thread",
                        "narenas",
                        "dirty_decay_ms",
                        "muzzy_decay_ms",
                        "prof",
                        "prof_active");
    }

    @Test
    void optionsThatWereNotAskedForDoNotMatter() {
        assertThat(TuningCheck.compare(conf("narenas:2"), Map.of("narenas", "2", "zero", "true", "unheard_of", "1")))
                .isEmpty();
        assertThat(TuningCheck.compare(MallocConf.empty(), Map.of("narenas", "2")))
                .isEmpty();
    }

    @Test
    void mismatchesComeInTheOrderOfTheRequest() {
        assertThat(TuningCheck.compare(
                        conf("zero:true,narenas:2,abort:true"),
                        Map.of("abort", "false", "narenas", "1", "zero", "false")))
                .extracting(Mismatch::option)
                .containsExactly("zero", "narenas", "abort");
    }

    private static MallocConf conf(String text) {
        return ((Parsed.Valid) MallocConf.parse(text)).conf();
    }
}
