package dev.brr.runtime.server;

import io.helidon.http.Status;
import java.util.HashMap;
import java.util.Map;

/** The status lines of answers (RFC 9110, section 15, and the register that it begins). */
final class Statuses {
    private static final Map<Integer, Status> KNOWN = new HashMap<>();

    static {
        put(203, "Non-Authoritative Information");
        put(207, "Multi-Status");
        put(208, "Already Reported");
        put(226, "IM Used");
        put(308, "Permanent Redirect");
        put(413, "Content Too Large");
        put(414, "URI Too Long");
        put(421, "Misdirected Request");
        put(422, "Unprocessable Content");
        put(423, "Locked");
        put(424, "Failed Dependency");
        put(425, "Too Early");
        put(426, "Upgrade Required");
        put(428, "Precondition Required");
        put(429, "Too Many Requests");
        put(431, "Request Header Fields Too Large");
        put(451, "Unavailable For Legal Reasons");
        put(506, "Variant Also Negotiates");
        put(507, "Insufficient Storage");
        put(508, "Loop Detected");
        put(511, "Network Authentication Required");
    }

    private Statuses() {}

    private static void put(int code, String reason) {
        KNOWN.put(code, Status.create(code, reason));
    }

    /** Gives a status with its name; one that nobody knows has its number for a name. */
    static Status of(int code) {
        Status known = KNOWN.get(code);
        return known == null ? Status.create(code) : known;
    }
}
