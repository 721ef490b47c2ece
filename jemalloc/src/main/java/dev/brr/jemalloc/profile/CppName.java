package dev.brr.jemalloc.profile;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes the plain ones of mangled C++ names readable: {@code _ZN2os6mallocEm} is {@code os::malloc}.
 *
 * <p>Templates and operators stay as they are; the JVM's functions on the way to malloc have neither.
 */
final class CppName {

    private CppName() {}

    static String readable(String symbol) {
        if (!symbol.startsWith("_Z")) {
            return symbol;
        }
        int at = symbol.startsWith("_ZL") ? 3 : 2;
        boolean nested = at < symbol.length() && symbol.charAt(at) == 'N';
        if (nested) {
            at++;
            at += at < symbol.length() && symbol.charAt(at) == 'K' ? 1 : 0;
        }
        List<String> parts = new ArrayList<>();
        while (at < symbol.length() && Character.isDigit(symbol.charAt(at))) {
            int digits = at;
            while (digits < symbol.length() && digits - at < 4 && Character.isDigit(symbol.charAt(digits))) {
                digits++;
            }
            int length = Integer.parseInt(symbol, at, digits, 10);
            if (length == 0 || digits + length > symbol.length()) {
                return symbol;
            }
            parts.add(symbol.substring(digits, digits + length));
            at = digits + length;
        }
        if (parts.isEmpty()) {
            return symbol;
        }
        if (nested && ofItsClass(symbol, at)) {
            parts.add((symbol.charAt(at) == 'D' ? "~" : "") + parts.getLast());
            at += 2;
        }
        boolean whole = !nested || (at < symbol.length() && symbol.charAt(at) == 'E');
        return whole ? String.join("::", parts) : symbol;
    }

    /** Says whether a constructor (C1 to C3) or destructor (D0 to D2) comes here, which has the name of its class. */
    private static boolean ofItsClass(String symbol, int at) {
        return symbol.startsWith("C1", at)
                || symbol.startsWith("C2", at)
                || symbol.startsWith("C3", at)
                || symbol.startsWith("D0", at)
                || symbol.startsWith("D1", at)
                || symbol.startsWith("D2", at);
    }
}
