package dev.brr.runtime.contract;

import dev.brr.runtime.contract.SchemaShape.ValueType;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads objects of the style {@code deepObject}: {@code filter[colour]=red}.
 *
 * <p>What OpenAPI leaves open is read as most clients write it: {@code filter[size][min]=3} nests, and a property that may
 * be a list takes {@code filter[tag]=a&filter[tag]=b}, {@code filter[tag][]=a} and {@code filter[tag][0]=a}.
 *
 * @param name the parameter's name
 * @param shape what its schema says of it
 */
record DeepObject(String name, SchemaShape shape) {
    private static final int MAX_DEPTH = 16;

    /** Whether a name in a query or form is a part of this object. */
    boolean takes(String key) {
        return isPart(name, key);
    }

    /** Whether a name in a query or form is a part of the object of a name. */
    static boolean isPart(String name, String key) {
        return key.length() > name.length() + 1
                && key.startsWith(name)
                && key.charAt(name.length()) == '['
                && key.endsWith("]");
    }

    /** Reads the object; nothing when the query has no part of it. */
    Optional<JsonNode> read(Query query) throws ParameterException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Query.Pair pair : query.pairs()) {
            if (takes(pair.name())) {
                put(object, steps(pair.name()), pair.value());
            }
        }
        return object.isEmpty() ? Optional.empty() : Optional.of(object);
    }

    private List<String> steps(String key) throws ParameterException {
        List<String> steps =
                List.of(key.substring(name.length() + 1, key.length() - 1).split("]\\[", -1));
        if (steps.size() > MAX_DEPTH) {
            throw new ParameterException("is nested too deeply");
        }
        return steps;
    }

    private void put(ObjectNode object, List<String> steps, String text) throws ParameterException {
        ObjectNode at = object;
        SchemaShape known = shape;
        for (int i = 0; i < steps.size() - 1; i++) {
            String step = steps.get(i);
            SchemaShape next = known.property(step);
            if (next.allows(ValueType.ARRAY)) {
                item(FormReader.arrayOf(at, step), next, steps.subList(i + 1, steps.size()), text);
                return;
            }
            JsonNode inner = at.get(step);
            at = inner == null ? at.putObject(step) : object(inner, step);
            known = next;
        }
        new ObjectText(known).put(at, steps.getLast(), text);
    }

    private void item(ArrayNode array, SchemaShape shapeOfList, List<String> steps, String text)
            throws ParameterException {
        int index = index(steps.getFirst(), array.size());
        SchemaShape shapeOfItem = shapeOfList.item(index);
        if (steps.size() == 1) {
            if (index < array.size()) {
                throw new ParameterException("has the item " + index + " of a list twice");
            }
            array.add(TextValue.of(text, shapeOfItem));
            return;
        }
        ObjectNode holder = index < array.size() ? object(array.get(index), steps.getFirst()) : array.addObject();
        new DeepObject(name, shapeOfItem).put(holder, steps.subList(1, steps.size()), text);
    }

    /** Items come one after the other; a gap would let a client ask for as large a list as it likes. */
    private static int index(String step, int size) throws ParameterException {
        if (step.isEmpty()) {
            return size;
        }
        try {
            int index = Integer.parseInt(step);
            if (index >= 0 && index <= size) {
                return index;
            }
        } catch (NumberFormatException _) {
            // Is no index either.
        }
        throw new ParameterException("has [" + step + "] where the item " + size + " of a list has to follow");
    }

    private static ObjectNode object(JsonNode node, String step) throws ParameterException {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new ParameterException("has both a value and properties at [" + step + "]");
    }
}
