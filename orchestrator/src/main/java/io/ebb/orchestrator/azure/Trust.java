package io.ebb.orchestrator.azure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Which servers are believed: the system's roots, and the certificates of one file. */
final class Trust {
    private Trust() {}

    /**
     * Makes the context.
     *
     * @param caFile more certificates to trust, PEM
     */
    static SSLContext of(@Nullable Path caFile) {
        try {
            if (caFile == null) {
                return SSLContext.getDefault();
            }
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (var root : systemRoots()) {
                store.setCertificateEntry("system-" + store.size(), root);
            }
            try (var in = Files.newInputStream(caFile)) {
                var certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
                if (certificates.isEmpty()) {
                    throw new IllegalArgumentException(
                            "ebb.azure.ca-file is " + caFile + ": holds no certificate");
                }
                for (var certificate : certificates) {
                    store.setCertificateEntry("own-" + store.size(), certificate);
                }
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "ebb.azure.ca-file is " + caFile + ": " + e.getMessage(), e);
        }
    }

    private static X509Certificate[] systemRoots() throws GeneralSecurityException {
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init((KeyStore) null);
        for (var manager : trust.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509.getAcceptedIssuers();
            }
        }
        return new X509Certificate[0];
    }
}
