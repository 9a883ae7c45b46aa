package io.ebb.simulator.arm;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The self-signed certificate of the ARM endpoint, made anew at each start. */
record Certificate(X509Certificate certificate, KeyPair keys) {
    private static final Duration LIFETIME = Duration.ofDays(365);

    /** Makes one that is good for this host and for the loopback names. */
    static Certificate of(String host, Instant now) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var keys = generator.generateKeyPair();
            var name = new X500Name("CN=ebb-simulator");
            var builder =
                    new JcaX509v3CertificateBuilder(
                            name,
                            BigInteger.valueOf(now.toEpochMilli()),
                            Date.from(now.minus(Duration.ofDays(1))),
                            Date.from(now.plus(LIFETIME)),
                            name,
                            keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(Extension.subjectAlternativeName, false, names(host));
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
            return new Certificate(
                    new JcaX509CertificateConverter().getCertificate(builder.build(signer)), keys);
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("making the certificate for " + host, e);
        }
    }

    /** Writes the certificate as PEM; a reader never sees half of one. */
    void write(Path file) throws IOException {
        try {
            var encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
            var pem =
                    "-----BEGIN CERTIFICATE-----\n"
                            + encoder.encodeToString(certificate.getEncoded())
                            + "\n-----END CERTIFICATE-----\n";
            var target = file.toAbsolutePath();
            var folder = target.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            var part = target.resolveSibling(target.getFileName() + ".part");
            Files.writeString(part, pem, StandardCharsets.US_ASCII);
            Files.move(
                    part,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (GeneralSecurityException e) {
            throw new IOException("encoding the certificate", e);
        }
    }

    /** What a server needs to serve with it. */
    SSLContext context() {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "arm", keys.getPrivate(), new char[0], new X509Certificate[] {certificate});
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, new char[0]);
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("setting up TLS", e);
        }
    }

    private static GeneralNames names(String host) throws IOException {
        var names = new LinkedHashSet<GeneralName>();
        for (var each : List.of("localhost", "127.0.0.1", host)) {
            boolean address = each.equals(InetAddress.getByName(each).getHostAddress());
            names.add(new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, each));
        }
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }
}
