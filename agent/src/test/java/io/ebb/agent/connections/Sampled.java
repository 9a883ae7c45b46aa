package io.ebb.agent.connections;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.ebb.agent.http.LocalCalls;
import io.ebb.agent.testing.FakeTime;
import io.ebb.protocol.Report;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Samples of tables as Linux writes them on a little-endian machine, at times of the test. */
abstract class Sampled {
    private static final String HEAD = "  sl  local_address rem_address   st tx_queue rx_queue\n";
    static final String NONE = "00000000:00000000";
    static final String LISTEN = listener("00000000:1F90");

    /** 10.0.0.5:8080. */
    static final String HERE = "0500000A:1F90";

    /** 10.0.0.9:50000. */
    static final String CLIENT = "0900000A:C350";

    @TempDir Path folder;
    final FakeTime time = new FakeTime();

    @BeforeEach
    void noConnections() throws IOException {
        tcp(LISTEN);
    }

    Connections all() {
        return to(List.of());
    }

    Connections to(List<InetAddress> localAddresses) {
        return new Connections(
                Duration.ofSeconds(1),
                folder,
                new Listening(folder, localAddresses, List.of(22, 8090)),
                localAddresses,
                List.of(Cidr.of("168.63.129.16")),
                new LocalCalls(time),
                time);
    }

    static Connections.View sampled(Connections connections) {
        connections.watch(List.of(8080));
        connections.sample();
        return connections.view();
    }

    static Report.Calm calm(int remaining, int seconds) {
        return new Report.Calm(remaining, Duration.ofSeconds(seconds));
    }

    void seconds(Connections connections, int samples) {
        for (int i = 0; i < samples; i++) {
            time.passSeconds(1);
            connections.sample();
        }
    }

    void tcp(String... rows) throws IOException {
        Files.writeString(folder.resolve("tcp"), HEAD + String.join("", rows), US_ASCII);
    }

    void tcp6(String... rows) throws IOException {
        Files.writeString(folder.resolve("tcp6"), HEAD + String.join("", rows), US_ASCII);
    }

    static String listener(String local) {
        return row(local, "0".repeat(local.indexOf(':')) + ":0000", "0A", NONE);
    }

    static String row(String local, String remote, String state, String queues) {
        return "  12: "
                + String.join(" ", local, remote, state, queues)
                + " 00:00000000 00000000  1000        0 4711 1 0000000000000000 20 4 30 10 -1\n";
    }
}
