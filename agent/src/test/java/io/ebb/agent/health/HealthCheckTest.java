package io.ebb.agent.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.agent.http.LocalCalls;
import io.ebb.agent.testing.FakeServer;
import io.ebb.agent.testing.FakeTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HealthCheckTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final AtomicInteger changes = new AtomicInteger();

    @Test
    void withoutAWishThereIsNothingToCheckAndNothingIsHealthy() {
        HealthCheck check = check(new HealthTarget.WatchedPorts());
        check.check();

        assertThat(check.unchecked()).isTrue();
        assertThat(check.health().healthy()).isFalse();
        assertThat(check.health().streak()).isZero();
    }

    @Test
    void everyWatchedPortMustAccept() throws IOException {
        HealthCheck check = check(new HealthTarget.WatchedPorts());
        int port;
        try (var one = listening();
                var other = listening()) {
            port = other.getLocalPort();
            check.watch(List.of(one.getLocalPort(), port));
            check.check();
            assertThat(check.health().healthy()).isTrue();
        }
        try (var one = listening()) {
            check.watch(List.of(one.getLocalPort(), port));
            check.check();
            assertThat(check.health().healthy()).isFalse();
            assertThat(check.health().detail()).startsWith("port " + port + ": ");
        }
    }

    @Test
    void theStreakCountsEqualResultsAndOnlyAChangeIsTold() throws IOException {
        HealthCheck check;
        try (var server = listening()) {
            check = check(new HealthTarget.Port(server.getLocalPort()));
            check.check();
            check.check();
            check.check();
            assertThat(check.health().streak()).isEqualTo(3);
            assertThat(changes).hasValue(1);
        }
        check.check();
        assertThat(check.health().streak()).isEqualTo(1);
        assertThat(changes).hasValue(2);
    }

    @Test
    void aStreakOnOtherPortsDoesNotCount() throws IOException {
        try (var server = listening()) {
            HealthCheck check = check(new HealthTarget.WatchedPorts());
            check.watch(List.of());
            check.check();
            check.check();
            assertThat(check.health().healthy()).isTrue();

            check.watch(List.of(server.getLocalPort()));
            assertThat(check.unchecked()).isTrue();
            check.check();
            check.watch(List.of(server.getLocalPort()));
            check.check();
            assertThat(check.health().streak()).isEqualTo(2);
        }
    }

    @Test
    void aUrlMustAnswerWithA2xx() {
        try (var server = FakeServer.plain()) {
            URI uri = URI.create(server.uri() + "/health?deep=1");
            HealthCheck check = check(new HealthTarget.Url(uri));
            server.answer(204, "");
            check.check();
            assertThat(check.health().healthy()).isTrue();
            assertThat(server.next().uri()).isEqualTo("/health?deep=1");

            server.answer(503, "warming up");
            check.check();
            assertThat(check.health().healthy()).isFalse();
            assertThat(check.health().detail()).isEqualTo(uri + " answered 503");
        }
    }

    private HealthCheck check(HealthTarget target) {
        return new HealthCheck(
                target, List.of(), new LocalCalls(new FakeTime()), changes::incrementAndGet);
    }

    private static ServerSocket listening() throws IOException {
        return new ServerSocket(0, 50, LOOPBACK);
    }
}
