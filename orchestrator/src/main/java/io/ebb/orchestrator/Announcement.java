package io.ebb.orchestrator;

import io.ebb.orchestrator.identity.OperatorToken;
import io.ebb.orchestrator.identity.ServerCertificate;
import io.ebb.orchestrator.identity.Serving;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.core.annotation.Order;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that the orchestrator serves, once an operator can log in. The address is also left in the
 * data folder, where the command line finds it.
 */
@Singleton
@Order(1000)
final class Announcement implements ApplicationEventListener<ServerStartupEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(Announcement.class);

    private final Serving serving;
    private final OperatorToken token;
    private final ServerCertificate certificate;

    Announcement(Serving serving, OperatorToken token, ServerCertificate certificate) {
        this.serving = serving;
        this.token = token;
        this.certificate = certificate;
    }

    @Override
    public void onApplicationEvent(ServerStartupEvent event) {
        token.ensure();
        var url = serving.urlForThisMachine(event.getSource().getPort());
        try {
            Files.writeString(serving.folder().resolve("orchestrator.url"), url + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("writing the address to " + serving.folder(), e);
        }
        LOG.info("serving with the certificate {}", certificate.fingerprint());
        System.out.println("orchestrator ready: " + url);
    }
}
