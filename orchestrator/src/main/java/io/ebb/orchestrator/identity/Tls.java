package io.ebb.orchestrator.identity;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.util.Optional;

/**
 * The server certificate that an operator brings. Agents pin the certificate itself, so a new one
 * means that they are enrolled anew.
 *
 * @param keyStore a PKCS12 file with one key and its certificate chain; empty: Ebb makes its own
 * @param keyStorePassword the file's password
 */
@ConfigurationProperties("ebb.tls")
public record Tls(Optional<String> keyStore, Optional<String> keyStorePassword) {}
