package io.ebb.agent.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ebb.agent.http.LocalCalls;
import io.ebb.protocol.Report;
import io.ebb.protocol.Report.Remote;
import io.ebb.protocol.Wish;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On the tables of the kernel that runs the tests. */
@Timeout(30)
class KernelTest {
    private static final Path TABLES = Path.of("/proc/self/net");
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final LocalCalls calls = new LocalCalls(InstantSource.system());
    private final Connections connections =
            new Connections(
                    Duration.ofSeconds(1),
                    TABLES,
                    new Listening(TABLES, List.of(), List.of()),
                    List.of(),
                    List.of(),
                    calls,
                    InstantSource.system());

    @BeforeEach
    void isLinux() {
        assumeTrue(Files.exists(TABLES.resolve("tcp")), "the kernel has no /proc/self/net/tcp");
    }

    @Test
    void countsAClient() throws IOException {
        try (var server = new ServerSocket(0, 5, LOOPBACK);
                var client = new Socket(LOOPBACK, server.getLocalPort());
                Socket accepted = server.accept()) {
            assertThat(sample(server))
                    .isEqualTo(
                            new Report.Port(
                                    accepted.getLocalPort(),
                                    1,
                                    0,
                                    List.of(new Remote("127.0.0.1", 1))));
            assertThat(client.isConnected()).isTrue();
        }
    }

    @Test
    void doesNotCountTheAgentsOwnCalls() throws IOException {
        try (var server = new ServerSocket(0, 5, LOOPBACK)) {
            calls.connect(
                    new InetSocketAddress(LOOPBACK, server.getLocalPort()), Duration.ofSeconds(5));
            try (Socket accepted = server.accept()) {
                // Not closed by the application yet, so it is in CLOSE_WAIT.
                assertThat(calls.owns(accepted.getPort())).isTrue();
                assertThat(sample(server).connections()).isZero();
            }
        }
    }

    @Test
    void findsWhatListensAndLoopbackDoesNotMatter() throws IOException {
        try (var open = new ServerSocket(0);
                var other = new ServerSocket(0);
                var hidden = new ServerSocket(0, 5, LOOPBACK)) {
            assertThat(new Listening(TABLES, List.of(), List.of(other.getLocalPort())).ports())
                    .contains(open.getLocalPort())
                    .doesNotContain(other.getLocalPort(), hidden.getLocalPort());
            assertThat(new Listening(TABLES, List.of(LOOPBACK), List.of()).ports())
                    .contains(open.getLocalPort(), hidden.getLocalPort());
        }
    }

    @Test
    void countsAClientOfAnyPortThatListens() throws IOException {
        try (var server = new ServerSocket(0);
                var client = new Socket(LOOPBACK, server.getLocalPort());
                Socket accepted = server.accept()) {
            connections.watch(List.of(Wish.EVERY_PORT));
            connections.sample();
            assertThat(connections.view().ports())
                    .singleElement()
                    .matches(port -> port.port() == Wish.EVERY_PORT)
                    .matches(port -> port.connections() >= 1);
            assertThat(client.isConnected()).isTrue();
            assertThat(accepted.isConnected()).isTrue();
        }
    }

    private Report.Port sample(ServerSocket server) {
        connections.watch(List.of(server.getLocalPort()));
        connections.sample();
        return connections.view().ports().getFirst();
    }
}
