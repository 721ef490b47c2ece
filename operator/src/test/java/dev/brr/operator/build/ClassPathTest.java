package dev.brr.operator.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;

class ClassPathTest {

    @Test
    void namesEachJarOfTheRuntimeByNameAndTheHandlersLast() {
        // given: the packaged folder's own order is of no account
        var libraries = jars("helidon-4.5.0.jar", "HdrHistogram-2.2.2.jar", "brr-runtime-0.1.0.jar");
        // when
        var path = ClassPath.of(libraries);
        // then: bytewise, as LC_ALL=C sorts
        assertThat(path.entries())
                .containsExactly(
                        "/app/libs/HdrHistogram-2.2.2.jar",
                        "/app/libs/brr-runtime-0.1.0.jar",
                        "/app/libs/helidon-4.5.0.jar",
                        "/app/handlers/*");
    }

    @Test
    void anArgumentFileSetsTheClassPath() {
        // given
        var path = ClassPath.of(jars("b.jar", "a.jar"));
        // when
        var text = path.argumentFile();
        // then
        assertThat(text).isEqualTo("-cp \"/app/libs/a.jar:/app/libs/b.jar:/app/handlers/*\"\n");
    }

    @Test
    void whatTheLauncherWouldReadOtherwiseIsEscaped() {
        // given
        var path = ClassPath.below("/with blank", jars("odd\"\\.jar"));
        // when
        var text = path.argumentFile();
        // then
        assertThat(text).isEqualTo("-cp \"/with blank/libs/odd\\\"\\\\.jar:/with blank/handlers/*\"\n");
    }

    @Test
    void jarsLieWhereTheClassPathNamesThem() {
        // given
        var jar = Path.of("/packaged/service/libs/a.jar");
        // when
        var path = ClassPath.of(List.of(jar));
        // then
        assertThat(path.entries()).first().isEqualTo(ClassPath.libraryInImage(jar));
    }

    @Test
    void handlersLieInTheLastEntrysFolder() {
        // given
        var jar = Path.of("/packaged/service/petstore/pets.jar");
        // when
        var place = ClassPath.handlerInImage(jar);
        // then
        assertThat(ClassPath.of(List.of()).entries())
                .singleElement()
                .satisfies(entry -> assertThat(place).isEqualTo(entry.replace("*", "pets.jar")));
    }

    @Property(tries = 200)
    void theOrderOfTheFolderMakesNoDifference(
            @ForAll @Size(max = 20) @UniqueElements
                    List<@AlphaChars @NumericChars @StringLength(min = 1, max = 12) String> names,
            @ForAll Random random) {
        // given
        var libraries = jars(names.toArray(String[]::new));
        var shuffled = new ArrayList<>(libraries);
        Collections.shuffle(shuffled, random);
        // when
        var path = ClassPath.of(shuffled);
        // then
        assertThat(path).isEqualTo(ClassPath.of(libraries));
        assertThat(path.entries()).hasSize(names.size() + 1).last().isEqualTo("/app/handlers/*");
    }

    @Property(tries = 200)
    void anotherFolderChangesNothingButTheFolder(
            @ForAll @Size(max = 20) @UniqueElements List<@AlphaChars @StringLength(min = 1, max = 12) String> names) {
        // given
        var libraries = jars(names.toArray(String[]::new));
        // when
        var elsewhere = ClassPath.below("/else/where", libraries);
        // then
        assertThat(elsewhere.entries().stream().map(entry -> entry.replaceFirst("^/else/where/", "/app/")))
                .containsExactlyElementsOf(ClassPath.of(libraries).entries());
    }

    private static List<Path> jars(String... names) {
        return Stream.of(names).map(name -> Path.of("/packaged/libs", name)).toList();
    }
}
