package io.ebb.agent.health;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.agent.connections.Listening;
import io.ebb.agent.http.LocalCalls;
import io.ebb.agent.testing.FakeServer;
import io.ebb.agent.testing.FakeTime;
import io.ebb.protocol.Wish;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class HealthCheckTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private static final int EXCLUDED = 1;

    @TempDir Path tables;

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

    @Test
    void whereEveryPortIsWatchedEachThatTheVmListensOnMustAcceptButTheExcluded()
            throws IOException {
        HealthCheck check = check(new HealthTarget.WatchedPorts());
        check.watch(List.of(Wish.EVERY_PORT));
        try (var one = listening();
                var other = listening()) {
            listens(one.getLocalPort(), other.getLocalPort(), EXCLUDED);
            check.check();
            assertThat(check.health().healthy()).isTrue();
            assertThat(check.health().detail())
                    .isEqualTo(
                            "connected to "
                                    + new TreeSet<>(
                                            List.of(one.getLocalPort(), other.getLocalPort())));
        }
        check.check();
        assertThat(check.health().healthy()).isFalse();
        assertThat(check.health().detail()).startsWith("port ");
    }

    @Test
    void aPortThatIsNamedBesideEveryPortMustAcceptWhetherTheVmListensOnItOrNot()
            throws IOException {
        HealthCheck check = check(new HealthTarget.WatchedPorts());
        int closed;
        try (var gone = listening()) {
            closed = gone.getLocalPort();
        }
        try (var one = listening()) {
            listens(one.getLocalPort());
            check.watch(List.of(Wish.EVERY_PORT, closed));
            check.check();
        }
        assertThat(check.health().detail()).startsWith("port " + closed + ": ");
    }

    @Test
    void aVmThatListensOnNoPortIsNotHealthyWhereEveryPortIsWatched() throws IOException {
        HealthCheck check = check(new HealthTarget.WatchedPorts());
        check.watch(List.of(Wish.EVERY_PORT));
        listens(EXCLUDED);
        check.check();
        assertThat(check.health().healthy()).isFalse();
        assertThat(check.health().detail())
                .isEqualTo("every port is watched, and this VM listens on none");

        Files.delete(tables.resolve("tcp"));
        check.check();
        assertThat(check.health().healthy()).isFalse();
        assertThat(check.health().streak()).isEqualTo(2);
    }

    /** Writes the kernel's table of a VM that listens on these ports. */
    private void listens(int... ports) throws IOException {
        var table = new StringBuilder("  sl  local_address rem_address   st tx_queue rx_queue\n");
        for (int port : ports) {
            table.append(
                    "   0: 00000000:%04X 00000000:0000 0A 00000000:00000000 00:00000000\n"
                            .formatted(port));
        }
        Files.writeString(tables.resolve("tcp"), table, US_ASCII);
    }

    private HealthCheck check(HealthTarget target) {
        return new HealthCheck(
                target,
                new Listening(tables, List.of(), List.of(EXCLUDED)),
                List.of(),
                new LocalCalls(new FakeTime()),
                changes::incrementAndGet);
    }

    private static ServerSocket listening() throws IOException {
        return new ServerSocket(0, 50, LOOPBACK);
    }
}
