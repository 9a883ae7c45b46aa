package io.ebb.demo.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.demo.load.Lane.Style;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class OpenLoopTest {
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    @Test
    void aRightAnswerIsASuccessAndNamesItsVm() throws IOException {
        try (var server = new RoughServer(RoughServer.WELL)) {
            var result = run(server.address(), lane(Style.SHORT, 10), 5);
            assertThat(result.failures()).isEmpty();
            assertThat(result.servedBy()).containsOnlyKeys("web-9");
            assertThat(server.connections.get()).isEqualTo(server.requests.get());
            assertThat(server.sources).containsOnly("127.0.0.1");
        }
    }

    @Test
    void aKeptConnectionIsUsedAgain() throws IOException {
        try (var server = new RoughServer(RoughServer.WELL)) {
            assertThat(run(server.address(), lane(Style.KEEP_ALIVE, 10), 5).failed()).isZero();
            assertThat(server.connections.get()).isEqualTo(1);
        }
    }

    @Test
    void afterConnectionCloseTheNextRequestTakesANewConnection() throws IOException {
        try (var server =
                new RoughServer(RoughServer.WELL, RoughServer.CLOSING, RoughServer.WELL)) {
            var result = run(server.address(), lane(Style.KEEP_ALIVE, 10), 5);
            assertThat(result.failures()).isEmpty();
            assertThat(server.connections.get()).isEqualTo(2);
        }
    }

    @Test
    void aConnectionClosedWithoutSayingSoFailsTheNextRequestAndNothingIsRetried()
            throws IOException {
        RoughServer.Manner silently =
                (socket, bytes) -> {
                    RoughServer.WELL.answer(socket, bytes);
                    socket.close();
                };
        try (var server = new RoughServer(silently, RoughServer.WELL)) {
            var result = run(server.address(), lane(Style.KEEP_ALIVE, 50), 5);
            assertThat(result.failedBy()).containsExactly(Map.entry(Failure.RESET, 1L));
            assertThat(server.requests.get()).isEqualTo(result.requests() - 1);
        }
    }

    @Test
    void eachKindOfFailureIsToldApart() throws IOException {
        assertThat(first(RoughServer.RESET)).isEqualTo(Failure.RESET);
        assertThat(first(RoughServer.HANG_UP)).isEqualTo(Failure.RESET);
        assertThat(first(RoughServer.SHORT)).isEqualTo(Failure.SHORT_BODY);
        assertThat(first(RoughServer.OTHER_LENGTH)).isEqualTo(Failure.WRONG_BODY);
        assertThat(first(RoughServer.OTHER_BYTES)).isEqualTo(Failure.WRONG_BODY);
        assertThat(first(RoughServer.BUSY)).isEqualTo(Failure.STATUS);
    }

    @Test
    void nobodyListeningIsARefusal() throws IOException {
        InetSocketAddress gone;
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            gone = new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
        }
        var failure = run(gone, lane(Style.SHORT, 10), 1).failures().getFirst();
        assertThat(failure.failure()).isEqualTo(Failure.REFUSED);
        assertThat(failure.source()).isEqualTo("127.0.0.1");
    }

    @Test
    void aSilentServerIsATimeOutAndWhatWaitedBehindItWasMissed() throws IOException {
        try (var server = new RoughServer()) {
            var hanging = new RoughServer(server.silent());
            try (hanging) {
                var result =
                        run(
                                hanging.address(),
                                lane(Style.KEEP_ALIVE, 40),
                                20,
                                Duration.ofMillis(600));
                assertThat(result.failed()).isEqualTo(result.requests());
                assertThat(result.failedBy()).containsKey(Failure.TIMEOUT);
                assertThat(result.failedBy().keySet())
                        .isSubsetOf(Failure.TIMEOUT, Failure.MISSED_SCHEDULE);
            }
        }
    }

    @Test
    void aRequestThatHadToWaitForItsConnectionIsMeasuredFromTheTimeItWasDue() throws IOException {
        RoughServer.Manner slow =
                (socket, bytes) -> {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(400));
                    RoughServer.WELL.answer(socket, bytes);
                };
        try (var server = new RoughServer(slow, RoughServer.WELL)) {
            var result = run(server.address(), lane(Style.KEEP_ALIVE, 100), 6);
            assertThat(result.failures()).isEmpty();
            var second =
                    result.outcomes().stream()
                            .sorted(Comparator.comparing(Outcome::due))
                            .toList()
                            .get(1);
            assertThat(second.took()).isGreaterThan(Duration.ofMillis(200));
        }
    }

    @Test
    void theFullMixtureIsWhatTheDemoPromises() {
        var lanes = Mix.full();
        assertThat(Mix.rate(lanes)).isGreaterThan(150);
        assertThat(lanes.stream().map(Lane::source).distinct().count()).isGreaterThanOrEqualTo(20);
        assertThat(lanes.stream().map(Lane::style).distinct()).hasSize(2);
        assertThat(lanes.stream().flatMap(lane -> lane.asks().stream()).mapToInt(Ask::ms).max())
                .hasValue(3000);
    }

    private static Failure first(RoughServer.Manner manner) throws IOException {
        try (var server = new RoughServer(manner)) {
            var failures = run(server.address(), lane(Style.KEEP_ALIVE, 10), 1).failures();
            return Objects.requireNonNull(failures.getFirst().failure());
        }
    }

    private static Result run(InetSocketAddress target, Lane lane, int atLeast) {
        return run(target, lane, atLeast, PATIENCE);
    }

    private static Result run(InetSocketAddress target, Lane lane, int atLeast, Duration patience) {
        try (var load = OpenLoop.start(target, List.of(lane), patience)) {
            while (load.soFar().requests() < atLeast) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
            return load.stop();
        }
    }

    private static Lane lane(Style style, int everyMs) {
        return new Lane(
                InetAddress.ofLiteral("127.0.0.1"),
                style,
                Duration.ZERO,
                Duration.ofMillis(everyMs),
                List.of(new Ask(0, 64)));
    }
}
