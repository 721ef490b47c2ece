package dev.brr.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlagSourceTest {
    private static final SettingKey<String> NAME = SettingKey.of("a.name", "--name", ValueType.TEXT, null, "m");
    private static final SettingKey<Boolean> SWITCH =
            SettingKey.of("a.switch", "--switch", ValueType.ON_OFF, false, "m");
    private static final SettingKey<String> LIST = SettingKey.of("a.list", "--list", ValueType.TEXT, (String) null, "m")
            .asList();
    private static final SettingKey<String> OFTEN = SettingKey.of(
                    "a.often", "--often", ValueType.TEXT, (String) null, "m")
            .withFlags("--often", "--older-name")
            .repeated();
    private static final SettingKey<String> FAMILY =
            SettingKey.of("a.family.<x>", "--family", ValueType.TEXT, null, "m");
    private static final SettingKey<String> LISTS = SettingKey.of(
                    "a.lists.<x>", "--lists", ValueType.TEXT, (String) null, "m")
            .asList();
    private static final List<SettingKey<?>> KEYS = List.of(NAME, SWITCH, LIST, OFTEN, FAMILY, LISTS);

    private final List<String> mistakes = new ArrayList<>();

    private FlagSource read(String... arguments) {
        return FlagSource.of(List.of(arguments), KEYS, mistakes::add);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--name=x | x",
                "--name x | x",
                "--name=x=y | x=y",
                "--name = | =",
                "--name=--switch | --switch",
                "--name --switch | --switch",
                "--name -1 | -1",
            })
    void aValueFollowsTheFlagOrTheSign(String line, String value) {
        // then
        assertThat(read(line.split(" ")).find(NAME)).contains(Given.of("--name", value));
        assertThat(mistakes).isEmpty();
    }

    @Test
    void anEmptyValueIsAValue() {
        // then
        assertThat(read("--name=").find(NAME)).contains(Given.of("--name", ""));
        assertThat(read("--name", "").find(NAME)).contains(Given.of("--name", ""));
    }

    @Test
    void aFlagThatIsNotThereSaysNothing() {
        // when
        FlagSource source = read("--name=x");

        // then
        assertThat(source.find(SWITCH)).isEmpty();
        assertThat(source.findEach(FAMILY)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--switch | on",
                "--switch --name x | on",
                "--switch off | off",
                "--switch=off | off",
                "--switch maybe | maybe",
            })
    void aSwitchIsOnWhenNothingIsSaidBehindIt(String line, String value) {
        // then
        assertThat(read(line.split(" ")).find(SWITCH)).contains(Given.of("--switch", value));
        assertThat(mistakes).isEmpty();
    }

    @Test
    void listsAreSplitAndJoinedOverTheirFlags() {
        // then
        assertThat(read("--list=a, b", "--list", "c").find(LIST)).contains(new Given("--list", List.of("a", "b", "c")));
    }

    @Test
    void whatIsRepeatedIsNotSplitAndIsCalledByTheFlagThatCameFirst() {
        // then
        assertThat(read("--older-name=a,b", "--often=c").find(OFTEN))
                .contains(new Given("--older-name", List.of("a,b", "c")));
    }

    @Test
    void theFirstOfTwoValuesStaysAndTheSecondIsAMistake() {
        // then
        assertThat(read("--name=a", "--name=b").find(NAME)).contains(Given.of("--name", "a"));
        assertThat(mistakes).containsExactly("--name: is given twice");
    }

    @Test
    void membersOfAFamilyAreToldApart() {
        // then
        assertThat(read("--family=A=x", "--family", "B=y=z", "--family=C=").findEach(FAMILY))
                .isEqualTo(Map.of(
                        "A", Given.of("--family", "x"),
                        "B", Given.of("--family", "y=z"),
                        "C", Given.of("--family", "")));
        assertThat(mistakes).isEmpty();
    }

    @Test
    void aMemberWithoutANameHasTheEmptyOne() {
        // then
        assertThat(read("--family=x").findEach(FAMILY)).containsOnly(Map.entry("", Given.of("--family", "x")));
    }

    @Test
    void theValueOfAMemberMayBeAList() {
        // then
        assertThat(read("--lists=A=x, y").findEach(LISTS))
                .containsOnly(Map.entry("A", new Given("--lists", List.of("x", "y"))));
    }

    @Test
    void aFlagAtTheEndNeedsAValue() {
        // when
        FlagSource source = read("--list=a", "--name");

        // then
        assertThat(mistakes).containsExactly("--name: needs a value");
        assertThat(source.find(NAME)).isEmpty();
        assertThat(source.isUnfinished(NAME)).isTrue();
        assertThat(source.isUnfinished(LIST)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--nmae=hush | --nmae: is not known; did you mean --name?",
                "--swich | --swich: is not known; did you mean --switch?",
                "--older-nam | --older-nam: is not known; did you mean --older-name?",
                "-x | -x: is not known; the flags are --name, --switch, --list, --often, --older-name, --family, --lists",
                "hush | an argument: is not known; the flags are --name, --switch, --list, --often, --older-name,"
                        + " --family, --lists",
            })
    void whatIsNotKnownIsNamedWithoutItsValue(String argument, String message) {
        // when
        read(argument);

        // then
        assertThat(mistakes).containsExactly(message);
    }

    @Test
    void whatFollowsAnUnknownFlagIsStillRead() {
        // then
        assertThat(read("--colour=red", "--name=x").find(NAME)).contains(Given.of("--name", "x"));
    }

    @Property(tries = 300)
    void anyArgumentsAreReadToTheirEnd(@ForAll @Size(max = 5) List<String> arguments) {
        // given
        List<String> line = new ArrayList<>(arguments);
        line.add("--list=last");
        List<String> found = new ArrayList<>();

        // when
        FlagSource source = FlagSource.of(line, KEYS, found::add);

        // then
        assertThat(source.find(LIST).orElseThrow().texts()).endsWith("last");
        assertThat(found).hasSizeLessThanOrEqualTo(line.size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--family a=1 --family a=2 | --family: is given twice for a",
                "--family a=1 --family b=2 --family a=1 | --family: is given twice for a",
                "--lists a=1 --lists a=2 | --lists: is given twice for a; separate its values by commas",
            })
    void oneMemberOfAFamilyIsGivenOnce(String line, String mistake) {
        // when
        read(line.split(" "));

        // then
        assertThat(mistakes).containsExactly(mistake);
    }
}
