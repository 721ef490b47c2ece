package dev.brr.runtime.server;

import io.helidon.common.uri.UriValidationException;
import io.helidon.common.uri.UriValidator;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;

/**
 * Judges the {@code Host} of a request, which has to have exactly one (RFC 9112, section 3.2).
 *
 * <p>Helidon would ask a regular expression about each request. The names and addresses that nearly all hosts are need none;
 * the rest is for Helidon's validator all the same.
 */
final class HostHeader {
    private static final int MAX_PORT = 65_535;

    private HostHeader() {}

    /** Whether there is one host, and it is one. */
    static boolean isValid(Headers headers) {
        if (!headers.contains(HeaderNames.HOST)) {
            return false;
        }
        Header host = headers.get(HeaderNames.HOST);
        return host.valueCount() == 1 && isValid(host.get());
    }

    static boolean isValid(String host) {
        int end = 0;
        while (end < host.length() && isPlain(host.charAt(end))) {
            end++;
        }
        boolean isName = end > 0 && (end == host.length() || host.charAt(end) == ':');
        return isName ? isPort(host, end) : isOther(host);
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
    }

    /** Nothing, or a colon and digits, if any (RFC 3986, section 3.2.3). */
    private static boolean isPort(String host, int colon) {
        int port = 0;
        for (int i = colon + 1; i < host.length(); i++) {
            char c = host.charAt(i);
            port = port * 10 + c - '0';
            if (c < '0' || c > '9' || port > MAX_PORT) {
                return false;
            }
        }
        return colon == host.length() || host.charAt(colon) == ':';
    }

    private static boolean isOther(String host) {
        int bracket = host.startsWith("[") ? host.indexOf(']') : -1;
        int colon = host.indexOf(':', bracket + 1);
        int end = colon < 0 ? host.length() : colon;
        try {
            UriValidator.validateHost(host.substring(0, end));
            return isPort(host, end);
        } catch (UriValidationException _) {
            return false;
        }
    }
}
