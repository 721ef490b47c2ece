package dev.brr.runtime.contract;

import dev.brr.runtime.document.Pointer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Reads text anew where its first reading does not hold: where a schema allows several types the text alone does not tell
 * which is meant ({@code all} may be a list of one item, {@code 50} a text of two digits).
 *
 * <p>Each further reading has a {@linkplain SchemaShape#narrower narrower shape} at the places that did not hold. There are
 * few of them, so that a value that holds by none costs some times what one costs that holds.
 */
final class OtherReadings {
    /** A list, an object, a number, a text and null, and the same again for what is inside. */
    private static final int MAX_READINGS = 8;

    private OtherReadings() {}

    /**
     * What came of a reading.
     *
     * @param value the value; nothing when the text cannot be read so
     * @param violations what does not hold of it
     */
    record Reading(Optional<JsonNode> value, List<Violation> violations) {
        /** A reading that the style does not have. */
        static Reading impossible() {
            return new Reading(Optional.empty(), List.of(Violation.ofBody("", "style", "")));
        }
    }

    /**
     * Finds a value that holds.
     *
     * @param shape of the first reading
     * @param violations what did not hold of it
     * @param reader reads the same text by another shape
     */
    static Optional<JsonNode> find(
            SchemaShape shape, List<Violation> violations, Function<SchemaShape, Reading> reader) {
        SchemaShape at = shape;
        List<Violation> wrong = violations;
        for (int i = 0; i < MAX_READINGS; i++) {
            Set<List<String>> places = innermost(at, wrong);
            if (places.isEmpty()) {
                break;
            }
            for (List<String> place : places) {
                at = narrowed(at, place);
            }
            Reading reading = reader.apply(at);
            if (reading.violations().isEmpty()) {
                return reading.value();
            }
            wrong = reading.violations();
        }
        return Optional.empty();
    }

    /**
     * Finds a value that holds.
     *
     * @param shape of the first reading
     * @param violations what did not hold of it
     * @param reader reads the same text by another shape; an {@link IllegalArgumentException} says that it cannot be read so
     * @param schema holds a value to the schema
     */
    static Optional<JsonNode> find(
            SchemaShape shape,
            List<Violation> violations,
            Function<SchemaShape, JsonNode> reader,
            Function<JsonNode, List<Violation>> schema) {
        return find(shape, violations, other -> {
            JsonNode value;
            try {
                value = reader.apply(other);
            } catch (IllegalArgumentException _) {
                return Reading.impossible();
            }
            return new Reading(Optional.of(value), schema.apply(value));
        });
    }

    /** The places that can be read otherwise, of which none holds another: what is inside goes first. */
    private static Set<List<String>> innermost(SchemaShape shape, List<Violation> violations) {
        Set<List<String>> places = new LinkedHashSet<>();
        for (Violation violation : violations) {
            place(shape, Pointer.tokens(violation.pointer())).ifPresent(places::add);
        }
        List<List<String>> all = List.copyOf(places);
        places.removeIf(place -> all.stream().anyMatch(other -> isInside(place, other)));
        return places;
    }

    private static boolean isInside(List<String> place, List<String> other) {
        return other.size() > place.size() && other.subList(0, place.size()).equals(place);
    }

    /** The innermost value on the way to a violation that can be read otherwise. */
    private static Optional<List<String>> place(SchemaShape shape, List<String> path) {
        SchemaShape at = shape;
        Optional<List<String>> found = at.narrower().map(_ -> List.of());
        List<String> walked = new ArrayList<>();
        for (String step : path) {
            at = part(at, step);
            walked.add(step);
            if (at.narrower().isPresent()) {
                found = Optional.of(List.copyOf(walked));
            }
        }
        return found;
    }

    private static SchemaShape narrowed(SchemaShape shape, List<String> place) {
        if (place.isEmpty()) {
            return shape.narrower().orElse(shape);
        }
        String step = place.getFirst();
        SchemaShape inner = narrowed(part(shape, step), place.subList(1, place.size()));
        return isItem(shape, step) ? shape.withItem(Integer.parseInt(step), inner) : shape.withProperty(step, inner);
    }

    private static SchemaShape part(SchemaShape shape, String step) {
        return isItem(shape, step) ? shape.item(Integer.parseInt(step)) : shape.property(step);
    }

    /** A list goes before an object, as it does when text is read. */
    private static boolean isItem(SchemaShape shape, String step) {
        return shape.allows(SchemaShape.ValueType.ARRAY)
                && step.length() < 6
                && !step.isEmpty()
                && step.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
