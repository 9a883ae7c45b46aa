package io.ebb.orchestrator.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ServerCertificateTest {
    private static final Instant NOW = Instant.parse("2026-11-20T17:00:00Z");
    private static final Tls OWN = new Tls(Optional.empty(), Optional.empty());

    @TempDir Path folder;

    private ServerCertificate made(Path data, Tls tls, Instant now, String... names) {
        return new ServerCertificate(
                new Serving(
                        "127.0.0.1",
                        8400,
                        data.toString(),
                        List.of(names),
                        Optional.empty(),
                        Serving.TokenFile.KEEP),
                tls,
                InstantSource.fixed(now),
                new SecureRandom());
    }

    @Test
    void theFirstStartMakesACertificateOnP256WithTheConfiguredNames()
            throws CertificateParsingException {
        var certificate =
                made(folder.resolve("data"), OWN, NOW, "ebb.example.net", "10.0.0.9").certificate();
        assertThat(certificate.getPublicKey()).isInstanceOf(ECPublicKey.class);
        assertThat(((ECPublicKey) certificate.getPublicKey()).getParams().getOrder().bitLength())
                .isEqualTo(256);
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactly(
                        List.of(2, "ebb.example.net"),
                        List.of(7, "10.0.0.9"),
                        List.of(2, "localhost"),
                        List.of(7, "127.0.0.1"));
        assertThat(certificate.getNotBefore()).isBefore(Date.from(NOW));
        assertThat(certificate.getNotAfter()).isAfter(Date.from(NOW.plusSeconds(86400L * 3000)));
    }

    @Test
    void theNextStartServesTheSameCertificate() {
        var first = made(folder, OWN, NOW);
        var second = made(folder, OWN, NOW.plusSeconds(86400), "another.example.net");
        assertThat(second.fingerprint()).isEqualTo(first.fingerprint()).hasSize(64);
    }

    @Test
    void onlyTheOwnUserMayReadWhatIsSecret() throws IOException {
        var data = folder.resolve("data");
        made(data, OWN, NOW);
        for (var name : List.of("server.p12", "server.p12.password", "server.fingerprint")) {
            assertThat(Files.getPosixFilePermissions(data.resolve(name)))
                    .as(name)
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
        assertThat(Files.getPosixFilePermissions(data))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        try (var files = Files.list(data)) {
            assertThat(files).as("no drafts are left").hasSize(3);
        }
    }

    @Test
    void theOperatorMayBringACertificate() {
        var brought = made(folder.resolve("elsewhere"), OWN, NOW);
        var tls =
                new Tls(
                        Optional.of(brought.keyStore().toString()),
                        Optional.of(brought.password()));
        var served = made(folder.resolve("data"), tls, NOW);
        assertThat(served.fingerprint()).isEqualTo(brought.fingerprint());
        assertThat(folder.resolve("data/server.p12")).doesNotExist();
        assertThat(folder.resolve("data/server.fingerprint"))
                .hasContent(brought.fingerprint() + "\n");
    }

    @Test
    void aWrongPasswordIsSaidWithTheFile() {
        var brought = made(folder.resolve("elsewhere"), OWN, NOW);
        var tls = new Tls(Optional.of(brought.keyStore().toString()), Optional.of("wrong"));
        assertThatThrownBy(() -> made(folder.resolve("data"), tls, NOW))
                .hasMessageContaining("server.p12")
                .hasMessageContaining("password");
    }
}
