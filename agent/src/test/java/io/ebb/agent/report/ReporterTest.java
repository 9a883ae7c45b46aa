package io.ebb.agent.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebb.agent.http.Http;
import io.ebb.agent.http.Pin;
import io.ebb.agent.testing.Certificate;
import io.ebb.agent.testing.FakeServer;
import io.ebb.protocol.Report;
import io.ebb.protocol.ReportJson;
import io.ebb.protocol.Wish;
import io.ebb.protocol.WishJson;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReporterTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir static Path folder;
    private static @Nullable Certificate certificate;

    private final FakeServer server = FakeServer.tls(certificate().context());
    private final Bell bell = new Bell();
    private final BlockingQueue<Wish> heard = new LinkedBlockingQueue<>();
    private @Nullable Thread running;

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = Certificate.make(folder, "orchestrator");
    }

    @BeforeEach
    void answersAWish() {
        server.answer(200, wish(HOUR));
    }

    @AfterEach
    void close() {
        if (running != null) {
            running.interrupt();
        }
        server.close();
    }

    @Test
    void postsTheWholeReportWithTheTokenAndHearsTheWish() throws IOException {
        Wish wish = orchestrator(certificate().fingerprint()).report(report(7));

        var asked = server.next();
        assertThat(asked.method() + " " + asked.uri()).isEqualTo("POST /agent/v1/reports");
        assertThat(asked.header("Authorization")).isEqualTo("Bearer web-1.s3cret");
        assertThat(asked.header("Content-Type")).isEqualTo("application/json");
        assertThat(ReportJson.read(asked.body().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(report(7));
        assertThat(wish.nextReport()).isEqualTo(HOUR);
        assertThat(wish.ignoreSources()).containsExactly("192.0.2.0/24");
        assertThat(wish.remaining()).containsExactly(3);
    }

    @Test
    void aServerWithAnotherCertificateHearsNothing() {
        assertThatThrownBy(() -> orchestrator("00".repeat(32)).report(report(1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        "the server's certificate has the fingerprint "
                                + certificate().fingerprint());
        assertThat(server.asked).isEmpty();
    }

    @Test
    void anAnswerThatIsNoWishIsAFailure() {
        Orchestrator orchestrator = orchestrator(certificate().fingerprint());
        server.answer(401, "{\"title\":\"unknown token\"}");
        assertThatThrownBy(() -> orchestrator.report(report(1)))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        server.uri().getAuthority()
                                + ": answered 401: {\"title\":\"unknown token\"}");
        server.answer(200, "{}");
        assertThatThrownBy(() -> orchestrator.report(report(1)))
                .isInstanceOf(IOException.class)
                .hasMessage(server.uri().getAuthority() + ": wish.nextReportMs: missing");
    }

    @Test
    void whereOneReplicaFailsTheNextOneHearsAndIsAskedFromThenOn() throws IOException {
        try (var other = FakeServer.tls(certificate().context())) {
            other.answer(200, wish(HOUR));
            Orchestrator orchestrator = orchestrator(certificate().fingerprint(), other.uri());
            server.answer(503, "starting");
            assertThatThrownBy(() -> orchestrator.report(report(1)))
                    .hasMessage(server.uri().getAuthority() + ": answered 503: starting");

            server.answer(200, wish(HOUR));
            assertThat(orchestrator.report(report(2)).nextReport()).isEqualTo(HOUR);
            assertThat(orchestrator.report(report(3)).nextReport()).isEqualTo(HOUR);
            assertThat(sequence(server.next())).isEqualTo(1);
            assertThat(sequence(other.next())).isEqualTo(2);
            assertThat(sequence(other.next())).isEqualTo(3);

            other.answer(500, "");
            assertThatThrownBy(() -> orchestrator.report(report(4)))
                    .isInstanceOf(IOException.class);
            assertThat(orchestrator.report(report(5)).nextReport()).isEqualTo(HOUR);
            assertThat(sequence(server.next())).isEqualTo(5);
        }
    }

    @Test
    void theBellMakesAReportAtOnce() throws InterruptedException {
        run(HOUR);
        server.next();
        hear();
        assertThat(server.asked).isEmpty();

        bell.ring();
        assertThat(sequence(server.next())).isEqualTo(2);
    }

    @Test
    void theWishSaysWhenToReportAgain() throws InterruptedException {
        server.answer(200, wish(Duration.ofMillis(200)));
        run(HOUR);

        assertThat(sequence(server.next())).isEqualTo(1);
        assertThat(sequence(server.next())).isEqualTo(2);
        assertThat(sequence(server.next())).isEqualTo(3);
    }

    @Test
    void anOrchestratorThatFailsIsAskedAgainSoon() throws InterruptedException {
        server.answer(503, "");
        run(HOUR);
        server.next();
        server.next();
        server.answer(200, wish(HOUR));

        assertThat(hear().nextReport()).isEqualTo(HOUR);
    }

    @Test
    void aListenerThatFailsDoesNotEndTheReports() {
        Reporter reporter = reporter(HOUR);
        start(() ->
                reporter.run(
                        ReporterTest::report,
                        (wish, report, sent) -> {
                            throw new IllegalStateException("of the listener");
                        }));
        server.next();
        assertThat(sequence(server.next())).isEqualTo(2);
    }

    private static Certificate certificate() {
        return Objects.requireNonNull(certificate);
    }

    private Orchestrator orchestrator(String fingerprint, URI... more) {
        return new Orchestrator(
                Http.pinned(new Pin(HexFormat.of().parseHex(fingerprint))),
                Stream.concat(Stream.of(server.uri()), Stream.of(more)).toList(),
                "web-1.s3cret");
    }

    private Reporter reporter(Duration usual) {
        return new Reporter(
                orchestrator(certificate().fingerprint()),
                bell,
                new Pace(usual),
                () -> false,
                InstantSource.system(),
                new Random(1));
    }

    private void run(Duration usual) {
        Reporter reporter = reporter(usual);
        start(() -> reporter.run(ReporterTest::report, (wish, report, sent) -> heard.add(wish)));
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private void start(Work work) {
        running =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                work.run();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    private Wish hear() throws InterruptedException {
        return Objects.requireNonNull(heard.poll(20, TimeUnit.SECONDS), "heard nothing");
    }

    private static long sequence(FakeServer.Asked asked) {
        return ReportJson.read(asked.body().getBytes(StandardCharsets.UTF_8)).sequence();
    }

    private static String wish(Duration next) {
        var wish =
                new Wish(
                        next,
                        List.of(8080),
                        List.of("192.0.2.0/24"),
                        List.of(3),
                        true,
                        Wish.Hook.NONE,
                        List.of());
        return new String(WishJson.write(wish), StandardCharsets.UTF_8);
    }

    private static Report report(long sequence) {
        return new Report(
                "0.1.0",
                new Report.Vm("v-1", "web-1", "rg", "", "", "", ""),
                "boot",
                "run",
                sequence,
                Instant.parse("2026-11-20T10:15:30Z"),
                new Report.Document(
                        Report.Reading.UNKNOWN,
                        "",
                        Optional.empty(),
                        Duration.ZERO,
                        0,
                        Optional.of("not read yet")),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(new Report.Calm(3, Duration.ofSeconds(2))),
                new Report.Health(false, 0, "not checked yet"),
                Optional.empty(),
                new Report.Hook(Report.HookState.NONE, ""),
                List.of());
    }
}
