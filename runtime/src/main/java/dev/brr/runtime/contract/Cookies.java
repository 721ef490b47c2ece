package dev.brr.runtime.contract;

import java.util.ArrayList;
import java.util.List;

/** Reads cookies (RFC 6265, section 5.4: pairs separated by semicolons). */
final class Cookies {
    private Cookies() {}

    static List<String> values(List<String> headers, String name) {
        List<String> values = new ArrayList<>(1);
        for (String header : headers) {
            for (String pair : header.split(";")) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                    values.add(pair.substring(equals + 1).strip());
                }
            }
        }
        return values;
    }
}
