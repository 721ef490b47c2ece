package dev.brr.runtime.config;

import dev.brr.runtime.tracing.OtlpTarget;
import dev.brr.runtime.tracing.Sampler;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where spans go. Its text form holds no value of a header, which may be a key.
 *
 * @param endpoint the address that spans are posted to
 * @param serviceName what the service is called there; empty for the document's title
 * @param headers the headers of each request to the collector
 * @param resourceAttributes what else is said of the service
 * @param compression whether requests are compressed
 * @param sampler which traces the collector is told of
 */
public record TracingSettings(
        URI endpoint,
        String serviceName,
        Map<String, String> headers,
        Map<String, String> resourceAttributes,
        Compression compression,
        Sampler sampler) {
    public TracingSettings {
        headers = Map.copyOf(headers);
        resourceAttributes = Map.copyOf(resourceAttributes);
    }

    /** How requests to the collector are sent. */
    public enum Compression {
        NONE,
        GZIP
    }

    /** A collector that asks for no key and gets everything. */
    public TracingSettings(URI collector, String serviceName) {
        this(OtlpTarget.under(collector), serviceName, Map.of(), Map.of(), Compression.NONE, Sampler.ALL);
    }

    @Override
    public String toString() {
        return "TracingSettings[" + endpoint + ", " + serviceName + ", headers " + new TreeMap<>(headers).keySet()
                + ", " + new TreeMap<>(resourceAttributes) + ", " + compression + ", " + sampler + "]";
    }
}
