package dev.brr.runtime.config;

import java.net.URI;

/**
 * Where spans go.
 *
 * @param collector the collector's address
 * @param serviceName what the service is called there; empty for the document's title
 */
public record TracingSettings(URI collector, String serviceName) {}
