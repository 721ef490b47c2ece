package dev.brr.jemalloc.script;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.brr.jemalloc.script.EnsureJemalloc.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Builds each way in which a process ends up without jemalloc, or without its options, and asks the script why. */
class EnsureJemallocProcessTest {

    private static final String PRELOAD = "LD_PRELOAD=libjemalloc.so.2";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final List<String> CAT = List.of("/bin/cat");

    @TempDir
    private Path folder;

    @Test
    void aProcessWithJemallocAndItsOptionsIsRight() throws Exception {
        try (Echo process = Echo.start(CAT, PRELOAD, "MALLOC_CONF=abort_conf:true,narenas:1")) {
            // when
            Answer answer = EnsureJemalloc.run("--process", process.pid(), "abort_conf:true,narenas:1");

            // then
            assertThat(answer.exit()).isZero();
            assertThat(answer.said())
                    .startsWith("✅ process " + process.pid() + ": /")
                    .contains("libjemalloc.so.2 is mapped and takes MALLOC_CONF=abort_conf:true,narenas:1,"
                            + " option by option")
                    .endsWith("✅ Configuration check complete!\n");
        }
    }

    @Test
    void whatOptionsPrintOnPurposeIsNoComplaint() throws Exception {
        // given
        String conf = "abort_conf:true,confirm_conf:true,stats_print:true,stats_print_opts:J,narenas:1";
        try (Echo process = Echo.start(CAT, PRELOAD, "MALLOC_CONF=" + conf)) {
            // when
            Answer answer = EnsureJemalloc.run("--process", process.pid());

            // then
            assertThat(answer.said()).contains("is mapped and takes MALLOC_CONF=" + conf);
            assertThat(answer.exit()).isZero();
        }
    }

    @Test
    void aLibraryThatWasReplacedUnderARunningProcessIsSaidSo() throws Exception {
        // given
        Path library = Files.copy(EnsureJemalloc.library(), folder.resolve("libjemalloc.so.2"));
        try (Echo process = Echo.start(CAT, "LD_PRELOAD=" + library, "MALLOC_CONF=abort_conf:true")) {
            Files.delete(library);

            // when
            Answer answer = EnsureJemalloc.run("--process", process.pid());

            // then
            assertThat(answer.exit()).isEqualTo(1);
            assertThat(answer.said())
                    .contains(library + " mapped, and there is no such file any more")
                    .contains("start it anew");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "self", "sys", "-1", "1.5", "1 2"})
    void whatIsNoNumberIsNoProcess(String pid) throws Exception {
        // when
        Answer answer = EnsureJemalloc.run("--process", pid);

        // then
        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.said()).contains(pid + " is no process' number");
    }

    @Test
    void aProcessThatHasEndedIsSaidToHave() throws Exception {
        // given: a child that ends when its parent is no shell any more, which would wait for it
        Path printed = folder.resolve("child");
        Process parent = new ProcessBuilder(
                        "sh", "-c", "exec 3<&0; head -c 1 <&3 >/dev/null & echo $!; exec tail -f /dev/null")
                .redirectOutput(printed.toFile())
                .start();
        try {
            await().atMost(PATIENCE).until(() -> Files.readString(printed).endsWith("\n"));
            String child = Files.readString(printed).strip();
            await().atMost(PATIENCE)
                    .until(() -> Files.readString(Path.of("/proc", "" + parent.pid(), "comm"))
                            .equals("tail\n"));
            parent.outputWriter(UTF_8).append('.').flush();
            await().atMost(PATIENCE)
                    .until(() ->
                            Files.readString(Path.of("/proc", child, "status")).contains("State:\tZ"));

            // when
            Answer answer = EnsureJemalloc.run("--process", child);

            // then
            assertThat(answer.exit()).isEqualTo(1);
            assertThat(answer.said()).contains("process " + child + " has ended");
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void aProcessWithoutPreloadIsToldWhatToSet() throws Exception {
        assertWrong(CAT, "was started without LD_PRELOAD", "LD_PRELOAD=libjemalloc.so.2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/usr/lib/no-such-folder/libjemalloc.so.2 | there is no such file for it | build stage",
                "libjemalloc.so.99 | no folder that its loader searches has such a file | apt-get install libjemalloc2",
                "\"libjemalloc.so.2\" | has quotation marks in LD_PRELOAD=\"libjemalloc.so.2\" | quotes literally",
                "'libjemalloc.so.2' | has quotation marks in LD_PRELOAD='libjemalloc.so.2' | quotes literally",
                "libm.so.6 | names no jemalloc | in front, and a colon",
                "libm.so.6:/opt/libjemalloc.so.2 | there is no such file for it | build stage"
            })
    void aPreloadThatTheLoaderIgnoresIsExplained(String preload, String cause, String cure) throws Exception {
        assertWrong(CAT, cause, cure, "LD_PRELOAD=" + preload);
    }

    @Test
    void aLibraryOfAnotherArchitectureIsNamed() throws Exception {
        // given
        Path library = foreign(Files.copy(EnsureJemalloc.library(), folder.resolve("libjemalloc.so.2")));

        // then
        assertWrong(CAT, "the library of that architecture", library.toString(), "LD_PRELOAD=" + library);
    }

    @Test
    void aLibraryThatLacksWhatItNeedsIsNamed() throws Exception {
        // given
        Path needed = folder.resolve("libbrr_needed.so");
        EnsureJemalloc.compile(needed, "int brr_needed;", "cc", "-shared", "-fPIC", "-Wl,-soname,libbrr_needed.so");
        Path library = folder.resolve("libjemalloc.so.2");
        EnsureJemalloc.compile(
                library,
                "int mallctl(void) { return 2; }",
                "cc",
                "-shared",
                "-fPIC",
                "-Wl,--no-as-needed",
                needed.toString());
        Files.delete(needed);
        Path program = EnsureJemalloc.compile(folder.resolve("echo"), Echo.SOURCE, "cc");

        // then: this one does not even start, as each process of an image whose base lacks libstdc++
        ProcessBuilder builder = new ProcessBuilder(program.toString());
        builder.environment().put("LD_PRELOAD", library.toString());
        Answer refused = EnsureJemalloc.toEnd(builder);
        assertThat(refused.said()).contains("libbrr_needed.so");
        assertThat(refused.exit()).isEqualTo(127);
        assertThat(EnsureJemalloc.run("--root", folder.toString()).said())
                .contains("lacks")
                .contains("libbrr_needed.so");
    }

    @Test
    void aBuildWithAPrefixIsFound() throws Exception {
        // given
        Path library = EnsureJemalloc.compile(
                folder.resolve("libjemalloc_prefixed.so"),
                "int je_mallctl(void) { return 2; }",
                "cc",
                "-shared",
                "-fPIC");

        // then
        assertWrong(CAT, "it was built with a prefix", "Preload a build without one", "LD_PRELOAD=" + library);
    }

    @Test
    void anotherAllocatorInFrontIsFound() throws Exception {
        // given
        Path library = EnsureJemalloc.compile(
                folder.resolve("libtcmalloc.so.4"), "int brr_stands_for_tcmalloc;", "cc", "-shared", "-fPIC");

        // then
        assertWrong(
                CAT,
                "has jemalloc and, before it, " + library,
                "Name libjemalloc.so.2 first",
                "LD_PRELOAD=" + library + ":libjemalloc.so.2",
                "MALLOC_CONF=abort_conf:true");
    }

    @Test
    void aFolderThatIsCalledJemallocMakesNoLibraryOne() throws Exception {
        // given
        Path inner = Files.createDirectory(folder.resolve("jemalloc"));
        Path library = EnsureJemalloc.compile(
                inner.resolve("libtcmalloc.so.4"), "int brr_stands_for_tcmalloc;", "cc", "-shared", "-fPIC");

        // then
        assertWrong(
                CAT,
                "has jemalloc and, before it, " + library,
                "Name libjemalloc.so.2 first",
                "LD_PRELOAD=" + library + ":libjemalloc.so.2",
                "MALLOC_CONF=abort_conf:true");
        assertWrong(CAT, "which names no jemalloc", "in front, and a colon", "LD_PRELOAD=" + library);
    }

    @Test
    void aLibraryThatIsNoAllocatorMayBeBeforeJemalloc() throws Exception {
        try (Echo process =
                Echo.start(CAT, "LD_PRELOAD=libm.so.6 libjemalloc.so.2", "MALLOC_CONF=abort_conf:true,narenas:1")) {
            assertThat(EnsureJemalloc.run("--process", process.pid()).exit()).isZero();
        }
    }

    @Test
    void aLibraryBehindJemallocIsNoTrouble() throws Exception {
        try (Echo process =
                Echo.start(CAT, "LD_PRELOAD=libjemalloc.so.2:libm.so.6", "MALLOC_CONF=abort_conf:true,narenas:1")) {
            assertThat(EnsureJemalloc.run("--process", process.pid()).exit()).isZero();
        }
    }

    @Test
    void aStaticProgramIsFound() throws Exception {
        // given
        Path program = EnsureJemalloc.compile(folder.resolve("echo"), Echo.SOURCE, "cc", "-static");

        // then
        assertWrong(List.of(program.toString()), "statically linked", "Link it dynamically", PRELOAD);
    }

    @Test
    void aProgramOnMuslIsFound() throws Exception {
        // given
        assumeTrue(isInstalled("musl-gcc"), "only where musl's compiler is installed: apt-get install musl-tools");
        Path program = EnsureJemalloc.compile(folder.resolve("echo"), Echo.SOURCE, "musl-gcc");

        // then: without LD_PRELOAD, for with it musl's loader ends the process
        assertWrong(List.of(program.toString()), "runs on musl", "Use a base image on glibc");
    }

    @Test
    void aProgramWithCapabilitiesIsFound() throws Exception {
        // given
        assumeTrue("root".equals(System.getProperty("user.name")), "only root gives capabilities to a file");
        Path program = Files.copy(Path.of("/bin/cat"), folder.resolve("cat"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.setAttribute(program, "unix:gid", 65534);
        Files.setAttribute(program, "unix:mode", 0_2755);

        // then: like a capability, another group makes the loader distrust its environment
        assertWrong(List.of(program.toString()), "ignores LD_PRELOAD", "getcap", PRELOAD);
    }

    /** jemalloc takes each of these without a word. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "narenas:010                                | narenas is 8, not 010",
                "narenas:0x3                                | narenas is 3, not 0x3",
                "narenas:4294967297                         | narenas is 1, not 4294967297",
                "narenas:2,narenas:3                        | narenas is there twice, and the last one counts",
                "narenas:2,narenas:3                        | narenas is 3, not 2",
                "dirty_decay_ms: 1000                       | dirty_decay_ms is 1000, not  1000",
                "prof_active:true                           | prof_active:true has no effect without prof:true",
                "prof:false,lg_prof_sample:17               | lg_prof_sample:17 has no effect without prof:true",
                "confirm_conf:true,narenas:010              | narenas is 8, not 010",
                "stats_print:true,narenas:010               | narenas is 8, not 010",
            })
    void anOptionThatIsTakenOtherwiseThanItIsWrittenIsNamed(String options, String difference) throws Exception {
        assertWrong(
                CAT,
                difference,
                "takes MALLOC_CONF=abort_conf:true," + options + " otherwise than it is written",
                PRELOAD,
                "MALLOC_CONF=abort_conf:true," + options);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "narenas:default",
                "lg_tcache_max:12",
                "prof_active:false",
                "thp:never,metadata_thp:auto,dss:disabled",
                "stats_print:true,stats_print_opts:gmda",
                "stats_print_opts:J,stats_print_opts:a",
                "junk:alloc,zero:false,zero_realloc:free",
                "oversize_threshold:0,mutex_max_spin:-1,dirty_decay_ms:-1",
                "bin_shards:1-160:2,slab_sizes:1-4096:17",
            })
    void whatIsPrintedOtherwiseThanItIsWrittenIsNoDifference(String options) throws Exception {
        // given
        try (Echo process = Echo.start(CAT, PRELOAD, "MALLOC_CONF=abort_conf:true," + options)) {
            // when
            Answer answer = EnsureJemalloc.run("--process", process.pid());

            // then
            assertThat(answer.said()).contains("takes MALLOC_CONF=abort_conf:true," + options + ", option by option");
            assertThat(answer.exit()).isZero();
        }
    }

    @Test
    void anArenaForEachCpuIsTriedOnTheCpusOfTheProcess() throws Exception {
        // given: jemalloc wants to see all CPUs, and says so on standard error alone
        assumeTrue(isInstalled("taskset"), "a process is bound to a CPU by taskset: apt-get install util-linux");
        String status = Files.readString(Path.of("/proc/self/status"));
        String first = status.lines()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .map(line -> line.replaceAll("\\D+(\\d+).*", "$1"))
                .findFirst()
                .orElseThrow();
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "on one CPU alone there is nothing to be seen");

        // then
        assertWrong(
                List.of("taskset", "-c", first, "/bin/cat"),
                "Number of CPUs detected is not deterministic. Per-CPU arena disabled.",
                "jemalloc does not take MALLOC_CONF=percpu_arena:percpu",
                PRELOAD,
                "MALLOC_CONF=percpu_arena:percpu");
    }

    @Test
    void aLibraryThatIsLoadedLaterReplacesNothing() throws Exception {
        // given
        Path library = EnsureJemalloc.compile(
                folder.resolve("libjemalloc.so.2"), "int mallctl(void) { return 2; }", "cc", "-shared", "-fPIC");
        Path program = EnsureJemalloc.compile(folder.resolve("echo"), opening(library.toString()), "cc");

        // then
        assertWrong(
                List.of(program.toString()),
                "has " + library + " mapped, which was loaded while the process ran: malloc is another's",
                "LD_PRELOAD=libjemalloc.so.2, in what starts it");
    }

    /** Debian's library has thread-local variables for which the loader keeps no room after the start. */
    @Test
    void jemallocCannotBeLoadedLater() throws Exception {
        // given
        Path program = EnsureJemalloc.compile(
                folder.resolve("echo"), opening(EnsureJemalloc.library().toString()), "cc");

        // then
        assertThat(EnsureJemalloc.toEnd(new ProcessBuilder(program.toString())).said())
                .contains("cannot allocate memory in static TLS block");
        assertWrong(List.of(program.toString()), "was started without LD_PRELOAD", "in what starts it");
    }

    @Test
    void aProgramThatIsLinkedWithJemallocHasItFromTheStart() throws Exception {
        // given
        Path program = EnsureJemalloc.compile(
                folder.resolve("echo"),
                Echo.SOURCE,
                "cc",
                "-Wl,--no-as-needed",
                EnsureJemalloc.library().toString());

        // when
        try (Echo process = Echo.start(List.of(program.toString()), "MALLOC_CONF=abort_conf:true,narenas:1")) {
            // then
            assertThat(EnsureJemalloc.run("--process", process.pid()).said()).contains("option by option");
        }
    }

    @Test
    void optionsOfTheImageBesideMallocConfAreFound() throws Exception {
        // given: a root of its own, with what cat and jemalloc need
        assumeTrue("root".equals(System.getProperty("user.name")), "only root changes a process' root");
        for (Path file : needs(Path.of("/bin/cat"), EnsureJemalloc.library())) {
            Path copy = folder.resolve(file.toString().substring(1));
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        }
        Path link = Files.createDirectories(folder.resolve("etc")).resolve("malloc.conf");
        Files.createSymbolicLink(link, Path.of("dirty_decay_ms:0"));

        // then
        assertWrong(
                List.of("chroot", folder.toString(), "/bin/cat"),
                "has the link /etc/malloc.conf -> dirty_decay_ms:0: jemalloc takes options from it",
                "rm /etc/malloc.conf",
                "LD_PRELOAD=" + EnsureJemalloc.library(),
                "MALLOC_CONF=abort_conf:true,narenas:1");
    }

    /** A program that opens a library at its start, and says why if it cannot. */
    private static String opening(String library) {
        return "#include <dlfcn.h>\n"
                + Echo.SOURCE.replace(
                        "int c;",
                        "int c; if (!dlopen(\"%s\", RTLD_NOW)) fprintf(stderr, \"%%s\\n\", dlerror());"
                                .formatted(library));
    }

    /** The files themselves, and those that their loader takes for them. */
    private static List<Path> needs(Path... files) throws IOException, InterruptedException {
        List<Path> all = new ArrayList<>(List.of(files));
        for (Path file : files) {
            Answer ldd = EnsureJemalloc.toEnd(new ProcessBuilder("ldd", file.toString()));
            assertThat(ldd.exit()).as(ldd.said()).isZero();
            for (String line : ldd.said().split("\n")) {
                String[] words = line.replaceFirst(".*=>", "").strip().split(" ");
                if (words[0].startsWith("/")) {
                    all.add(Path.of(words[0]));
                }
            }
        }
        return all;
    }

    @Test
    void aMistypedOptionIsTheLibrarysOwnWord() throws Exception {
        assertWrong(
                CAT,
                "Invalid conf pair: dirty_decay:1000",
                "Without abort_conf:true in front",
                PRELOAD,
                "MALLOC_CONF=dirty_decay:1000");
    }

    @Test
    void withoutAbortConfALaterMistakeWouldBeIgnored() throws Exception {
        assertWrong(CAT, "does not begin with abort_conf:true", "Put it first", PRELOAD, "MALLOC_CONF=narenas:1");
    }

    @Test
    void withoutMallocConfJemallocRunsByItsDefaults() throws Exception {
        assertWrong(CAT, "has jemalloc, but no MALLOC_CONF", "by its defaults", PRELOAD);
    }

    @Test
    void aWrapperThatSetsMallocConfAnewIsFound() throws Exception {
        // given
        Path wrapper =
                Files.writeString(folder.resolve("start"), "export MALLOC_CONF=abort_conf:true,narenas:9\nexec cat\n");

        // when
        try (Echo process =
                Echo.start(List.of("sh", wrapper.toString()), PRELOAD, "MALLOC_CONF=abort_conf:true,narenas:1")) {
            Answer answer = EnsureJemalloc.run("--process", process.pid(), "abort_conf:true,narenas:1");

            // then
            assertThat(answer.exit()).isEqualTo(1);
            assertThat(answer.said())
                    .contains("was meant to have MALLOC_CONF=abort_conf:true,narenas:1 and has"
                            + " MALLOC_CONF=abort_conf:true,narenas:9")
                    .contains("a wrapper script");
        }
    }

    @Test
    void aWrapperThatDropsTheEnvironmentIsFound() throws Exception {
        assertWrong(List.of("env", "-i", "/bin/cat"), "was started without LD_PRELOAD", "in what starts it", PRELOAD);
    }

    @Test
    void aChildInheritsItAll() throws Exception {
        try (Echo child = Echo.start(List.of("sh", "-c", "cat; :"), PRELOAD, "MALLOC_CONF=abort_conf:true,narenas:1")) {
            // given
            String pid = ProcessHandle.of(Long.parseLong(child.pid()))
                    .flatMap(shell -> shell.children().findFirst())
                    .map(cat -> Long.toString(cat.pid()))
                    .orElseThrow();

            // then
            assertThat(EnsureJemalloc.run("--process", pid, "abort_conf:true,narenas:1")
                            .exit())
                    .isZero();
        }
    }

    @Test
    void aProcessThatIsNotThereIsSaidSo() throws Exception {
        // when
        Answer answer = EnsureJemalloc.run("--process", "999999999");

        // then
        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.said()).contains("there is no process 999999999");
    }

    private static void assertWrong(List<String> command, String cause, String cure, String... environment)
            throws IOException, InterruptedException {
        try (Echo process = Echo.start(command, environment)) {
            // when
            Answer answer = EnsureJemalloc.run("--process", process.pid());

            // then
            assertThat(answer.said())
                    .contains(cause)
                    .contains(cure)
                    .endsWith("❌ Configuration check found 1 problem(s).\n");
            assertThat(answer.exit()).isEqualTo(1);
        }
    }

    /** Writes another machine into an ELF file's head: AArch64 on every other, x86-64 there. */
    private static Path foreign(Path library) throws IOException {
        byte[] bytes = Files.readAllBytes(library);
        bytes[18] = (byte) (bytes[18] == (byte) 0xB7 ? 0x3E : 0xB7);
        return Files.write(library, bytes);
    }

    private static boolean isInstalled(String program) {
        List<Path> found = new ArrayList<>();
        for (String path : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(path, program))) {
                found.add(Path.of(path));
            }
        }
        return !found.isEmpty();
    }
}
