package dev.brr.runtime.contract;

import dev.brr.runtime.document.Parameter;
import dev.brr.runtime.document.Parameter.Style;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The names in a query, a form or cookies that belong to others, so that an exploded free-form object does not take them.
 *
 * @param names whole names: those of other parameters, and those that credentials travel by
 * @param deepObjects the names of objects of the style {@code deepObject}, which stand before a bracket
 * @param objects the shapes of other exploded objects, whose properties stand for themselves
 */
record ClaimedNames(Set<String> names, List<String> deepObjects, List<SchemaShape> objects)
        implements Predicate<String> {

    /**
     * Gathers what belongs to others than one parameter.
     *
     * @param all the parameters that travel there with it, and itself, with their shapes
     * @param credentials the names that credentials travel by
     */
    static ClaimedNames besides(Parameter parameter, Map<Parameter, SchemaShape> all, Set<String> credentials) {
        Set<String> names = new HashSet<>(credentials);
        List<String> deepObjects = new ArrayList<>();
        List<SchemaShape> objects = new ArrayList<>();
        all.forEach((other, shape) -> {
            if (other.in() != parameter.in() || other.name().equals(parameter.name())) {
                return;
            }
            names.add(other.name());
            if (other.style() == Style.DEEP_OBJECT) {
                deepObjects.add(other.name());
            } else if (other.explode() && other.mediaType().isEmpty() && shape.allows(SchemaShape.ValueType.OBJECT)) {
                objects.add(shape);
            }
        });
        return new ClaimedNames(names, deepObjects, objects);
    }

    @Override
    public boolean test(String name) {
        return names.contains(name)
                || deepObjects.stream().anyMatch(object -> DeepObject.isPart(object, name))
                || objects.stream().anyMatch(object -> object.declares(name));
    }
}
