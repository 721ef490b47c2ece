package dev.brr.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentSourceTest {
    private static final SettingKey<String> PLACE = SettingKey.of(
                    "a.place", "--place", ValueType.TEXT, (String) null, "m")
            .withVariables("BRR_PLACE", "PLACE");
    private static final SettingKey<String> LIST = SettingKey.of("a.list", "--list", ValueType.TEXT, (String) null, "m")
            .asList();
    private static final SettingKey<String> FAMILY = SettingKey.of(
                    "a.family.<x>", "--family", ValueType.TEXT, (String) null, "m")
            .withVariables("BRR_FAMILY__<x>", "FAMILY__<x>");
    private static final SettingKey<String> FAMILY_FILE = SettingKey.of(
                    "a.familyFiles.<x>", "--family-file", ValueType.TEXT, (String) null, "m")
            .withVariables("BRR_FAMILY_FILE__<x>");

    private static List<String> slips(String name, String value) {
        List<String> mistakes = new ArrayList<>();
        new EnvironmentSource(Map.of(name, value)).check(SettingCatalog.ALL, mistakes::add);
        return mistakes;
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "a, b, BRR_PLACE",
                "'', b, PLACE",
                "tcp://10.0.0.1:80, b, PLACE",
                "udp://10.0.0.1:53, b, PLACE",
                "'', '', none",
                "tcp://10.0.0.1:80, '', none",
                "http://10.0.0.1, b, BRR_PLACE",
            })
    void theFirstVariableThatSaysSomethingCounts(String first, String second, String source) {
        // when
        EnvironmentSource variables = new EnvironmentSource(Map.of("BRR_PLACE", first, "PLACE", second));

        // then
        assertThat(variables.find(PLACE).map(Given::source).orElse(null)).isEqualTo(source);
    }

    @Test
    void aListIsSplitAtCommasAndAnotherTextIsNot() {
        // given
        EnvironmentSource variables = new EnvironmentSource(Map.of("BRR_LIST", "a, b", "BRR_PLACE", "a, b"));

        // then
        assertThat(variables.find(LIST)).contains(new Given("BRR_LIST", List.of("a", "b")));
        assertThat(variables.find(PLACE)).contains(Given.of("BRR_PLACE", "a, b"));
    }

    @Test
    void theMembersOfAFamilyAreFoundByAnyOfItsVariables() {
        // given
        EnvironmentSource variables = new EnvironmentSource(Map.of(
                "BRR_FAMILY__A", "1", "FAMILY__A", "2", "FAMILY__B", "3", "BRR_FAMILY__", "4", "BRR_FAMILY", "5"));

        // then
        assertThat(variables.findEach(FAMILY))
                .isEqualTo(Map.of(
                        "A", Given.of("BRR_FAMILY__A", "1"),
                        "B", Given.of("FAMILY__B", "3"),
                        "", Given.of("BRR_FAMILY__", "4")));
    }

    @Test
    void anEmptyMemberIsThereSoThatItCanBeRefused() {
        // then
        assertThat(new EnvironmentSource(Map.of("BRR_FAMILY__A", "")).findEach(FAMILY))
                .containsOnly(Map.entry("A", Given.of("BRR_FAMILY__A", "")));
    }

    @Test
    void familiesWhoseNamesBeginAlikeAreToldApart() {
        // given
        EnvironmentSource variables =
                new EnvironmentSource(Map.of("BRR_FAMILY__FILE__A", "1", "BRR_FAMILY_FILE__A", "2"));

        // then
        assertThat(variables.findEach(FAMILY)).containsOnlyKeys("FILE__A");
        assertThat(variables.findEach(FAMILY_FILE)).containsOnlyKeys("A");
    }

    @ParameterizedTest
    @CsvSource({
        "BRR_PROT, BRR_PORT",
        "BRR_HOSTS, BRR_HOST",
        "BRR_SPE, BRR_SPEC",
        "BRR_API_KEYS__Pets, BRR_API_KEY__<scheme>",
        "BRR_JWT_AUDIENCES__Pets, BRR_JWT_AUDIENCE__<scheme>",
        "BRR_BASIC_USER__Pets, BRR_BASIC_USERS__<scheme>",
        "BRR_CREDENTIALS__Pets, BRR_CREDENTIAL__<scheme>",
    })
    void aSlipOfThePenIsRefusedWithWhatWasMeantAndWithoutItsValue(String name, String meant) {
        // then
        assertThat(slips(name, "hush")).containsExactly(name + ": is not known; did you mean " + meant + "?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BRR_PORT",
                "PORT",
                "PROT",
                "BRR_API_KEY__anything at all",
                "BRR_MY_HANDLERS_SETTING",
                "BRR_PORT_80_TCP",
                "brr_prot",
                "PATH",
                ""
            })
    void whatIsOursOrIsFarFromOursIsLeftInPeace(String name) {
        // then
        assertThat(slips(name, "x")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp://10.0.0.1:80", "udp://10.0.0.1:53", "sctp://10.0.0.1:9"})
    void whatKubernetesSaysOfAServiceIsNoSlip(String value) {
        // then
        assertThat(slips("BRR_PROT", value)).isEmpty();
        assertThat(slips("BRR_PROT", "x" + value)).hasSize(1);
    }

    @Test
    void slipsAreNamedInTheOrderOfTheirNames() {
        // given
        List<String> mistakes = new ArrayList<>();

        // when
        new EnvironmentSource(Map.of("BRR_SPECC", "1", "BRR_HOSTT", "2", "BRR_PORTT", "3"))
                .check(SettingCatalog.ALL, mistakes::add);

        // then
        assertThat(mistakes)
                .map(mistake -> mistake.substring(0, mistake.indexOf(':')))
                .containsExactly("BRR_HOSTT", "BRR_PORTT", "BRR_SPECC");
    }
}
