package dev.brr.runtime.document;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A keyword of schemas: of JSON Schema 2020-12, or one that OpenAPI adds.
 *
 * @param holds what stands under it
 * @param asserts whether values are held to it
 * @param since31 whether OpenAPI has it from 3.1 on, and 3.0 has not
 */
record SchemaKeyword(Holds holds, boolean asserts, boolean since31) {
    /** What stands under a keyword. */
    enum Holds {
        SCHEMA,
        SCHEMAS,
        SCHEMAS_BY_NAME,
        /** A value of any form, in which no key has a meaning. */
        DATA,
        OTHER
    }

    private static final Map<String, SchemaKeyword> ALL = new HashMap<>();

    static {
        of30(Holds.SCHEMA, true, "items additionalProperties not");
        of31(Holds.SCHEMA, true, "contains propertyNames unevaluatedProperties unevaluatedItems if then else");
        of31(Holds.SCHEMA, false, "contentSchema");
        of30(Holds.SCHEMAS, true, "allOf anyOf oneOf");
        of31(Holds.SCHEMAS, true, "prefixItems");
        of30(Holds.SCHEMAS_BY_NAME, true, "properties");
        of31(Holds.SCHEMAS_BY_NAME, true, "patternProperties dependentSchemas");
        of31(Holds.SCHEMAS_BY_NAME, false, "$defs definitions");
        of30(Holds.DATA, true, "enum");
        of31(Holds.DATA, true, "const");
        of30(Holds.DATA, false, "default example");
        of30(Holds.OTHER, true, "$ref type format nullable discriminator readOnly writeOnly");
        of30(Holds.OTHER, true, "multipleOf maximum exclusiveMaximum minimum exclusiveMinimum pattern required");
        of30(Holds.OTHER, true, "maxLength minLength maxItems minItems uniqueItems maxProperties minProperties");
        of31(Holds.OTHER, true, "maxContains minContains dependentRequired");
    }

    private static void of30(Holds holds, boolean asserts, String names) {
        add(names, new SchemaKeyword(holds, asserts, false));
    }

    private static void of31(Holds holds, boolean asserts, String names) {
        add(names, new SchemaKeyword(holds, asserts, true));
    }

    private static void add(String names, SchemaKeyword keyword) {
        for (String name : names.split(" ")) {
            ALL.put(name, keyword);
        }
    }

    /** Gives what is known of a key; null where it is no keyword that holds or asks anything. */
    static @Nullable SchemaKeyword of(String key) {
        return ALL.get(key);
    }

    /** Gives the names of some. */
    static Set<String> names(Predicate<SchemaKeyword> which) {
        Set<String> names = new HashSet<>();
        ALL.forEach((name, keyword) -> {
            if (which.test(keyword)) {
                names.add(name);
            }
        });
        return Set.copyOf(names);
    }
}
