package io.ebb.agent.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebb.agent.connections.Listening;
import io.ebb.agent.health.HealthCheck;
import io.ebb.agent.health.HealthTarget;
import io.ebb.agent.http.LocalCalls;
import io.ebb.agent.testing.FakeServer;
import io.ebb.agent.testing.FakeTime;
import io.ebb.protocol.ScheduledEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ProbeTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final ProbeAddress ANY = new ProbeAddress(LOOPBACK, 0, "/healthz");

    private final FakeTime time = new FakeTime();
    private final FakeServer application = FakeServer.plain();
    private final AtomicInteger changes = new AtomicInteger();
    private final HealthCheck health =
            new HealthCheck(
                    new HealthTarget.Url(URI.create(application.uri() + "/")),
                    new Listening(Path.of("/proc/self/net"), List.of(), List.of()),
                    List.of(),
                    new LocalCalls(time),
                    () -> {});
    private final Verdict verdict =
            new Verdict(
                    health,
                    new Foresight(List::of, time, Optional.empty()),
                    Duration.ofMinutes(15),
                    time,
                    changes::incrementAndGet);

    @BeforeEach
    void applicationIsHealthy() {
        application.answer(200, "ok");
        health.check();
    }

    @AfterEach
    void close() {
        application.close();
    }

    @Test
    void aHealthyApplicationWaitsForTheFirstWish() {
        assertThat(verdict.against()).contains("waiting for the orchestrator's first wish");
        verdict.wish(true, List.of());
        assertThat(verdict.against()).isEmpty();
    }

    @Test
    void withoutAnyWishItPassesAfterFiveSeconds() {
        time.pass(Duration.ofMillis(4999));
        assertThat(verdict.against()).isPresent();
        time.pass(Duration.ofMillis(1));
        assertThat(verdict.against()).isEmpty();
    }

    @Test
    void aFirstWishAgainstNewFlowsHoldsFromTheStart() {
        verdict.wish(false, List.of());
        time.passSeconds(60);
        assertThat(verdict.against()).contains("the orchestrator wishes no new flows here");
    }

    @Test
    void aWishLapsesWhenTheOrchestratorIsSilentForTooLong() {
        verdict.wish(false, List.of());
        time.passSeconds(15 * 60 - 1);
        assertThat(verdict.against()).isPresent();
        time.passSeconds(1);
        assertThat(verdict.against()).isEmpty();
    }

    @Test
    void whatTheAgentForeseesFailsTheProbeThoughTheOrchestratorWishesItToPass() {
        var preempt =
                new ScheduledEvent(
                        "E1",
                        "Scheduled",
                        "Preempt",
                        List.of("web-1"),
                        Optional.of(time.instant().plusSeconds(30)),
                        "",
                        "",
                        "Platform",
                        OptionalLong.empty());
        var foresight =
                new Foresight(() -> List.of(preempt), time, Optional.of(Duration.ofSeconds(30)));
        foresight.of("web-1");
        var foreseeing = new Verdict(health, foresight, Duration.ofMinutes(15), time, () -> {});
        foreseeing.wish(true, List.of());
        assertThat(foreseeing.against()).isEmpty();
        foreseeing.wish(true, List.of("Preempt"));
        assertThat(foreseeing.against()).contains("this VM is about to be evicted");
    }

    @Test
    void anApplicationThatIsNotHealthyFailsWhateverTheWish() {
        verdict.wish(true, List.of());
        application.answer(500, "");
        health.check();

        assertThat(verdict.against().orElse("")).contains("not healthy").contains("answered 500");
    }

    @Test
    void tellsOfChangesAndSinceWhenItIsSo() {
        verdict.wish(true, List.of());
        assertThat(changes).hasValue(1);
        time.passSeconds(7);
        verdict.wish(true, List.of());
        assertThat(changes).hasValue(1);
        assertThat(verdict.passing()).isTrue();
        assertThat(verdict.steadyFor()).isEqualTo(Duration.ofSeconds(7));

        verdict.wish(false, List.of());
        assertThat(changes).hasValue(2);
        assertThat(verdict.steadyFor()).isZero();
    }

    @Test
    void answers200Or503WithTheReason() throws IOException {
        try (var server = ProbeServer.start(ANY, verdict)) {
            assertThat(ask(server, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"))
                    .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
                    .endsWith("\r\n\r\nwaiting for the orchestrator's first wish");
            verdict.wish(true, List.of());
            assertThat(ask(server, "GET /healthz?x HTTP/1.0\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .endsWith("\r\n\r\npassing");
            assertThat(ask(server, "HEAD /healthz HTTP/1.1\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .endsWith("\r\n\r\n");
            assertThat(server.report().passing()).isTrue();
            assertThat(server.report().path()).isEqualTo("/healthz");
        }
    }

    @Test
    void answersNothingElse() throws IOException {
        verdict.wish(true, List.of());
        try (var server = ProbeServer.start(ANY, verdict)) {
            assertThat(ask(server, "GET / HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 404 ");
            assertThat(ask(server, "POST /healthz HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 405 ");
            assertThat(ask(server, "nonsense\r\n\r\n")).startsWith("HTTP/1.1 405 ");
        }
    }

    @Test
    void aSilentCallerDoesNotKeepTheProbeWaiting() throws IOException {
        verdict.wish(true, List.of());
        try (var server = ProbeServer.start(ANY, verdict);
                var silent = new Socket(LOOPBACK, server.report().port())) {
            assertThat(ask(server, "GET /healthz HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 200 ");
            assertThat(silent.isConnected()).isTrue();
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() throws IOException {
        try (var server = ProbeServer.start(ANY, verdict)) {
            var same = new ProbeAddress(LOOPBACK, server.report().port(), "/healthz");
            assertThatThrownBy(() -> ProbeServer.start(same, verdict))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("listening on 127.0.0.1:" + same.port() + ": ");
        }
    }

    private static String ask(ProbeServer server, String request) throws IOException {
        try (var socket = new Socket(LOOPBACK, server.report().port())) {
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }
}
