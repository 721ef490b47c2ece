package dev.brr.runtime.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The files of TLS.
 *
 * @param certificateFile the certificate and those that vouch for it, in PEM, the service's own first
 * @param keyFile its private key, of RSA or EC, in PEM (PKCS #8, or PKCS #1 of RSA)
 * @param reloadInterval how often the files are looked at for a change
 */
public record TlsSettings(Path certificateFile, Path keyFile, Duration reloadInterval) {}
