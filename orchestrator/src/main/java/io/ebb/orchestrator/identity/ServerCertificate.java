package io.ebb.orchestrator.identity;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;

/**
 * The certificate that the orchestrator serves with. It is made at first start and kept in the data
 * folder, unless the operator brings one. Its fingerprint, the SHA-256 of the certificate in DER,
 * is what agents and the command line trust.
 */
@Singleton
public final class ServerCertificate {
    /** The file in the data folder that holds the fingerprint, for the command line. */
    static final String FINGERPRINT_FILE = "server.fingerprint";

    private final Path keyStore;
    private final String password;
    private final X509Certificate certificate;

    @Inject
    public ServerCertificate(Serving serving, Tls tls) {
        this(serving, tls, InstantSource.system(), new SecureRandom());
    }

    ServerCertificate(Serving serving, Tls tls, InstantSource clock, SecureRandom random) {
        var folder = serving.folder();
        PrivateFiles.folder(folder);
        keyStore = tls.keyStore().map(Path::of).orElse(folder.resolve("server.p12"));
        if (tls.keyStore().isPresent()) {
            password = tls.keyStorePassword().orElse("");
        } else {
            password = ownPassword(folder.resolve("server.p12.password"), random);
            if (!Files.exists(keyStore)) {
                PrivateFiles.write(
                        keyStore,
                        SelfSigned.keyStore(
                                serving.publicNames(),
                                password.toCharArray(),
                                clock.instant(),
                                random));
            }
        }
        certificate = read(keyStore, password);
        PrivateFiles.write(folder.resolve(FINGERPRINT_FILE), fingerprint());
    }

    /** The PKCS12 file. */
    public Path keyStore() {
        return keyStore;
    }

    /** The PKCS12 file's password. */
    public String password() {
        return password;
    }

    /** The certificate itself. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** The SHA-256 of the certificate in DER, in lower-case hex. */
    public String fingerprint() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("fingerprinting " + keyStore, e);
        }
    }

    /** Written before the key store, so that a key store is never there without it. */
    private static String ownPassword(Path file, SecureRandom random) {
        if (!Files.exists(file)) {
            var bytes = new byte[24];
            random.nextBytes(bytes);
            PrivateFiles.write(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
        return PrivateFiles.read(file);
    }

    private static X509Certificate read(Path file, String password) {
        try (var in = Files.newInputStream(file)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            for (var alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)
                        && store.getCertificate(alias) instanceof X509Certificate found) {
                    return found;
                }
            }
            throw new IllegalStateException("reading " + file + ": it has no key");
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("reading " + file + ": " + e.getMessage(), e);
        }
    }
}
