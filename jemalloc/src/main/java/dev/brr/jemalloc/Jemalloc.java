package dev.brr.jemalloc;

import dev.brr.jemalloc.conf.ControlType;
import dev.brr.jemalloc.conf.MallocOption;
import dev.brr.jemalloc.conf.TuningCheck;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Is the jemalloc of this process, or the reason why there is none. */
public sealed interface Jemalloc {

    /**
     * Looks for jemalloc in this process. The answer does not change while the process lives, and is kept.
     *
     * <p>Never throws: whatever goes wrong is a reason in {@link Absent}.
     */
    static Jemalloc probe() {
        return JemallocProbe.result();
    }

    /**
     * There is none that could be asked.
     *
     * @param reason for code and metrics
     * @param explanation what was found and what to do, in one or two sentences
     */
    record Absent(Absence reason, String explanation) implements Jemalloc {}

    /** jemalloc is this process's {@code malloc}, and answers. Safe for use by many threads. */
    final class Loaded implements Jemalloc {

        private final Mallctl mallctl;
        private final StatsReader statsReader;
        private final String version;
        private final boolean configProf;
        private final Optional<Mib> profActive;
        private final Recent<MallocStats> recentStats;

        Loaded(Mallctl mallctl) {
            this.mallctl = mallctl;
            this.statsReader = new StatsReader(mallctl);
            this.recentStats = new Recent<>(statsReader::read);
            this.version = mallctl.readString("version");
            this.configProf = mallctl.readBoolean("config.prof");
            this.profActive = configProf && mallctl.readBoolean("opt.prof")
                    ? Optional.of(mallctl.mib("prof.active"))
                    : Optional.empty();
        }

        /** Gives access to any control by name. */
        public Mallctl mallctl() {
            return mallctl;
        }

        /** Returns the version as jemalloc words it: {@code 5.3.0-0-g54eaed1d8b56b1aa528be3bdd1877e59c56fa90c}. */
        public String version() {
            return version;
        }

        /** Says whether this build can take heap profiles ({@code config.prof}). */
        public boolean configProf() {
            return configProf;
        }

        /** Says whether allocations are being sampled now; false too where the process was started without prof. */
        public boolean profActive() {
            return profActive.isPresent() && statsReader.isTrue(profActive.get());
        }

        /** Says whether background threads purge unused pages now; they can be switched while the process runs. */
        public boolean backgroundThread() {
            return mallctl.readBoolean("background_thread");
        }

        /** Advances jemalloc's epoch and reads the statistics of that moment. Takes about 0.1 ms. */
        public MallocStats stats() {
            return statsReader.read();
        }

        /**
         * Returns statistics that another caller may have read, if they are not older than this.
         *
         * <p>Advancing the epoch is what costs: a scrape of twenty gauges should do it once.
         */
        public MallocStats statsNotOlderThan(Duration age) {
            return recentStats.notOlderThan(age);
        }

        /**
         * Reads every {@code opt.*} control that this build has, and the target of the link {@code /etc/malloc.conf} where there is one.
         *
         * @return values in the words of {@code MALLOC_CONF}, by names without {@code opt.}; those of the start of the
         *     process, also for what can be changed while it runs
         */
        public Map<String, String> effectiveOptions() {
            Map<String, String> options = new LinkedHashMap<>();
            for (MallocOption option : MallocOption.all()) {
                ControlType type = option.control();
                String control = option.controlName().orElse("");
                if (type != null) {
                    mallctl.readText(control, type).ifPresent(text -> options.put(option.name(), text));
                }
            }
            ConfLink.ofThisSystem().ifPresent(target -> options.put(TuningCheck.LINK, target));
            return Collections.unmodifiableMap(options);
        }

        /** Returns the merged statistics of all arenas as a JSON text of some 100 kB. Takes milliseconds. */
        public String statsJson() {
            return statsPrint("Ja");
        }

        /**
         * Returns what {@code malloc_stats_print} writes.
         *
         * @param options letters as jemalloc(3) lists them: {@code J} for JSON, the others leave something out
         */
        public String statsPrint(String options) {
            return JemallocFunctions.statsPrint(options);
        }
    }
}
