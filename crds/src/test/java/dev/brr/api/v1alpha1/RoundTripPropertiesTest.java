package dev.brr.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** States for every record at once what {@link RoundTripTest} shows of the corpus. */
class RoundTripPropertiesTest {

    private static final CrdSchema SCHEMA = CrdSchema.generated();

    @Provide
    Arbitrary<BrrServiceSpec> specs() {
        return SpecArbitraries.specs();
    }

    @Provide
    Arbitrary<BrrServiceStatus> statuses() {
        return SpecArbitraries.statuses();
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void aSpecComesBackEqual(@ForAll("specs") BrrServiceSpec spec) {
        // given
        var written = StrictMapper.write(spec);
        // when
        var read = StrictMapper.read(written, BrrServiceSpec.class);
        // then
        assertThat(read).isEqualTo(spec).hasSameHashCodeAs(spec);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void aStatusComesBackEqual(@ForAll("statuses") BrrServiceStatus status) {
        // given
        var written = StrictMapper.write(status);
        // when
        var read = StrictMapper.read(written, BrrServiceStatus.class);
        // then
        assertThat(read).isEqualTo(status);
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void aSpecComesBackEqualThroughYaml(@ForAll("specs") BrrServiceSpec spec) {
        // given
        var service = new BrrService();
        service.setSpec(spec);
        // when
        var read = Serialization.unmarshal(Serialization.asYaml(service), BrrService.class);
        // then
        assertThat(read.getSpec()).isEqualTo(spec);
    }

    /** An explicit null would be an applied field: it would take ownership and hide a default. */
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void nothingAbsentIsWritten(@ForAll("specs") BrrServiceSpec spec) {
        // given
        // when
        var written = StrictMapper.write(spec);
        // then
        assertThat(everythingIn(written)).noneMatch(JsonNode::isNull);
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void everythingWrittenIsInTheSchemaWithItsType(@ForAll("specs") BrrServiceSpec spec) {
        // given
        var document = StrictMapper.MAPPER.createObjectNode();
        document.set("spec", StrictMapper.write(spec));
        // when
        var reached = SCHEMA.spec()
                .mapToLong(place -> place.valuesIn(document)
                        .peek(value -> assertThat(fits(place, value))
                                .as("%s %s", place.path(), value)
                                .isTrue())
                        .count());
        // then
        assertThat(reached.sum()).isEqualTo(everythingIn(document).count() - 1);
    }

    private static boolean fits(SchemaNode place, JsonNode value) {
        return switch (place.type()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            default -> value.isTextual();
        };
    }

    private static Stream<JsonNode> everythingIn(JsonNode node) {
        return Stream.concat(
                Stream.of(node),
                StreamSupport.stream(node.spliterator(), false).flatMap(RoundTripPropertiesTest::everythingIn));
    }
}
