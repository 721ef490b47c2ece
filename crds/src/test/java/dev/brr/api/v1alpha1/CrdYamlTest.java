package dev.brr.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class CrdYamlTest {

    @Test
    void committedFileIsWhatTheRecordsSay() throws IOException {
        // given
        var generated = CrdYaml.generate();
        if (Boolean.getBoolean("brr.generate")) {
            Files.writeString(CrdYaml.COMMITTED, generated);
        }
        // when
        var committed = Files.readString(CrdYaml.COMMITTED);
        // then
        assertThat(committed)
                .as("crds/%s differs from the records; run scripts/generate and commit", CrdYaml.COMMITTED)
                .isEqualTo(generated);
    }

    @Test
    void generationIsDeterministic() {
        // given
        var once = CrdYaml.generate();
        // when
        var again = CrdYaml.generate();
        // then
        assertThat(again).isEqualTo(once);
    }
}
