package dev.brr.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code kubectl explain} and the guide say of conditions is what the operator sets. */
class ConditionsInTheCrdTest {

    private static final Path CRD = Path.of("..", "crds", "brrservices.brr.dev-v1.yaml");
    private static final Path GUIDE = Path.of("..", "docs", "guide", "04-when-it-fails.md");
    private static final Pattern NAME = Pattern.compile("\\b[A-Z][a-z]+(?:[A-Z][a-z]+)*\\b");

    @Test
    void theCrdNamesEveryConditionAndNoOther() throws IOException {
        // given
        var types = Arrays.stream(ConditionType.values()).map(Enum::name).toList();
        // when
        var named = names(conditions().get("description").asText());
        // then
        assertThat(named).containsExactlyInAnyOrderElementsOf(types);
    }

    @Test
    void theCrdNamesEveryReasonOfAConditionAndNoOther() throws IOException {
        // given
        var reasons = Arrays.stream(Reason.values())
                .filter(reason -> !"Event".equals(ConditionsReference.where(reason)))
                .map(Enum::name)
                .toList();
        // when
        var named = names(
                conditions().at("/items/properties/reason/description").asText().replaceFirst("^.*: ", ""));
        // then
        assertThat(named).containsExactlyElementsOf(reasons);
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonThatIsATroubleHasItsSectionInTheGuide(Reason reason) throws IOException {
        // given
        var headings = Files.readString(GUIDE)
                .lines()
                .filter(line -> line.matches("## [A-Z][a-z]+[A-Z]\\w*(,.*)?"))
                .map(line -> line.substring(3).replaceFirst(",.*", ""))
                .toList();
        // when
        var isThere = headings.contains(reason.name());
        // then
        assertThat(isThere).as("a section on %s among %s", reason, headings).isEqualTo(isTrouble(reason));
    }

    private static boolean isTrouble(Reason reason) {
        return switch (reason) {
            case DocumentNotFound,
                    DocumentInvalid,
                    PlatformUnsupported,
                    PushSecretUnusable,
                    BaseImageRefused,
                    BuildFailed,
                    MallocConfRefused,
                    TuningIgnored,
                    TuningUnread,
                    RollingOut,
                    RolloutFailed,
                    SecretNotFound,
                    RolledBack,
                    OutOfMemoryKilled,
                    ApplyFailed -> true;
            case ServiceReady,
                    Waiting,
                    Built,
                    Adopted,
                    Prebuilt,
                    Building,
                    TuningConfirmed,
                    RolloutComplete,
                    ScaledToZero,
                    DashboardPublished,
                    DashboardDisabled,
                    RestartedForTuning,
                    RolledToImage -> false;
        };
    }

    private static List<String> names(String text) {
        return NAME.matcher(text).results().map(match -> match.group()).toList();
    }

    private static JsonNode conditions() throws IOException {
        return Serialization.unmarshal(Files.readString(CRD), JsonNode.class)
                .at("/spec/versions/0/schema/openAPIV3Schema/properties/status/properties/conditions");
    }
}
