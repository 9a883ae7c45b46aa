package io.ebb.orchestrator.identity;

import io.micronaut.context.BeanProvider;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.ssl.ServerSslConfiguration;
import jakarta.inject.Singleton;

/** Gives the server its certificate; there is none until the first start has made it. */
@Singleton
final class ServeWithCertificate implements BeanCreatedEventListener<ServerSslConfiguration> {
    private final BeanProvider<ServerCertificate> certificate;

    ServeWithCertificate(BeanProvider<ServerCertificate> certificate) {
        this.certificate = certificate;
    }

    @Override
    public ServerSslConfiguration onCreated(BeanCreatedEvent<ServerSslConfiguration> event) {
        var ssl = event.getBean();
        var served = certificate.get();
        var store = ssl.getKeyStore();
        store.setPath("file:" + served.keyStore().toAbsolutePath());
        store.setType("PKCS12");
        store.setPassword(served.password());
        return ssl;
    }
}
