package dev.brr.runtime.tracing;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where spans go, and how. Its text form names the headers and none of their values, which may be secret.
 *
 * @param collector the collector's address, to which {@code /v1/traces} is added
 * @param resource what the service is called, by the semantic conventions
 * @param headers what every request to the collector has beside its own headers, such as a key
 * @param gzip whether requests are compressed
 * @param samplePercent how many of a hundred traces that begin here are told of
 */
public record OtlpTarget(
        URI collector, Map<String, String> resource, Map<String, String> headers, boolean gzip, int samplePercent) {
    public OtlpTarget {
        resource = Map.copyOf(resource);
        headers = Map.copyOf(headers);
    }

    /** One that gets all spans as they are and asks for no key. */
    static OtlpTarget of(URI collector, Map<String, String> resource) {
        return new OtlpTarget(collector, resource, Map.of(), false, 100);
    }

    URI endpoint() {
        String base = collector.toString();
        return URI.create((base.endsWith("/") ? base : base + "/") + "v1/traces");
    }

    /** The resource in the order of its keys. */
    Map<String, String> sortedResource() {
        return new TreeMap<>(resource);
    }

    @Override
    public String toString() {
        return "OtlpTarget[" + collector + ", headers " + new TreeMap<>(headers).keySet() + "]";
    }
}
