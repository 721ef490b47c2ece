package dev.brr.runtime.tracing;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where spans go, and how. Its text form names the headers and none of their values, which may be secret.
 *
 * @param endpoint the address that spans are posted to
 * @param resource what the service is called, by the semantic conventions
 * @param headers what every request to the collector has beside its own headers, such as a key
 * @param gzip whether requests are compressed
 * @param sampler which traces it is told of
 */
public record OtlpTarget(
        URI endpoint, Map<String, String> resource, Map<String, String> headers, boolean gzip, Sampler sampler) {
    public OtlpTarget {
        resource = Map.copyOf(resource);
        headers = Map.copyOf(headers);
    }

    /** One that gets all spans as they are and asks for no key. */
    static OtlpTarget of(URI collector, Map<String, String> resource) {
        return new OtlpTarget(under(collector), resource, Map.of(), false, Sampler.ALL);
    }

    /** Where a collector of this address takes spans (OTLP specification, section OTLP/HTTP Request). */
    public static URI under(URI collector) {
        String base = collector.toString();
        return URI.create((base.endsWith("/") ? base : base + "/") + "v1/traces");
    }

    /** The resource in the order of its keys. */
    Map<String, String> sortedResource() {
        return new TreeMap<>(resource);
    }

    @Override
    public String toString() {
        return "OtlpTarget[" + endpoint + ", headers " + new TreeMap<>(headers).keySet() + "]";
    }
}
