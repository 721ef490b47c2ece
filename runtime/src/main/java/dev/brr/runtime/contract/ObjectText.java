package dev.brr.runtime.contract;

import dev.brr.runtime.contract.SchemaShape.ValueType;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes objects of texts that were split already, each property by its own shape. */
record ObjectText(SchemaShape shape) {

    /** Reads {@code R=100,G=200}. */
    ObjectNode assigned(List<String> items, UnaryOperator<String> decode) throws ParameterException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (String item : items) {
            int equals = item.indexOf('=');
            if (equals < 0) {
                throw new ParameterException("has to be written as name=value pairs");
            }
            put(object, decode.apply(item.substring(0, equals)), decode.apply(item.substring(equals + 1)));
        }
        return object;
    }

    /** Reads {@code R,100,G,200}. */
    ObjectNode alternating(List<String> items, UnaryOperator<String> decode) throws ParameterException {
        if (items.size() % 2 != 0) {
            throw new ParameterException("has to be written as names and values in turn");
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < items.size(); i += 2) {
            put(object, decode.apply(items.get(i)), decode.apply(items.get(i + 1)));
        }
        return object;
    }

    /** Puts a property in; one that may be a list, or that is there already, takes every text of its name. */
    void put(ObjectNode object, String name, String text) {
        SchemaShape property = shape.property(name);
        JsonNode known = object.get(name);
        if (property.allows(ValueType.ARRAY) || known != null) {
            ArrayNode array = FormReader.arrayOf(object, name);
            array.add(TextValue.of(text, property.allows(ValueType.ARRAY) ? property.item(array.size()) : property));
        } else {
            object.set(name, TextValue.of(text, property));
        }
    }
}
