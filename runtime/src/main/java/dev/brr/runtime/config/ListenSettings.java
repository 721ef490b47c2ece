package dev.brr.runtime.config;

import java.util.Optional;

/**
 * Where the service listens.
 *
 * @param host the address to listen on
 * @param port the port to listen on; 0 for any that is free
 * @param managementPort the port of health, readiness, metrics and the document, if they are to have one of their own
 * @param tls the certificate of the port; the management port has none
 */
public record ListenSettings(String host, int port, Optional<Integer> managementPort, Optional<TlsSettings> tls) {
    /** All addresses, port 8080, no management port, no TLS. */
    public static final ListenSettings DEFAULTS =
            new ListenSettings("0.0.0.0", 8080, Optional.empty(), Optional.empty());

    /** The same on another address. */
    public ListenSettings withHost(String address) {
        return new ListenSettings(address, port, managementPort, tls);
    }

    /** The same on another port; 0 for any that is free. */
    public ListenSettings withPort(int number) {
        return new ListenSettings(host, number, managementPort, tls);
    }

    /** The same with a management port; 0 for any that is free. */
    public ListenSettings withManagementPort(int number) {
        return new ListenSettings(host, port, Optional.of(number), tls);
    }

    /** The same with TLS. */
    public ListenSettings withTls(TlsSettings settings) {
        return new ListenSettings(host, port, managementPort, Optional.of(settings));
    }
}
