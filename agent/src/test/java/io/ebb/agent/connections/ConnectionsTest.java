package io.ebb.agent.connections;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.agent.http.LocalCalls;
import io.ebb.agent.testing.FakeTime;
import io.ebb.protocol.Report;
import io.ebb.protocol.Report.Remote;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows are as Linux writes them on a little-endian machine. */
@Timeout(10)
class ConnectionsTest {
    private static final String HEAD = "  sl  local_address rem_address   st tx_queue rx_queue\n";
    private static final String NONE = "00000000:00000000";
    private static final String LISTEN = row("00000000:1F90", "00000000:0000", "0A", NONE);

    /** 10.0.0.5:8080. */
    private static final String HERE = "0500000A:1F90";

    /** 10.0.0.9:50000. */
    private static final String CLIENT = "0900000A:C350";

    @TempDir Path folder;
    private final FakeTime time = new FakeTime();

    @BeforeEach
    void noConnections() throws IOException {
        tcp(LISTEN);
    }

    @ParameterizedTest
    @CsvSource({
        "01, 00000000, 1", // ESTABLISHED
        "02, 00000001, 0", // SYN_SENT
        "03, 00000000, 1", // SYN_RECV
        "04, 00000001, 0", // FIN_WAIT1: only the FIN is on its way
        "04, 00000002, 1",
        "05, 00000000, 0", // FIN_WAIT2
        "06, 00000000, 0", // TIME_WAIT
        "08, 00000000, 1", // CLOSE_WAIT
        "09, 00000001, 0", // LAST_ACK
        "09, 000000FF, 1",
        "0A, 00000005, 0", // LISTEN
        "0B, 00000001, 0", // CLOSING
        "0B, 00010000, 1",
    })
    void aConnectionCountsWhileSomebodyWouldMissIt(String state, String unsent, int count)
            throws IOException {
        tcp(row(HERE, CLIENT, state, unsent + ":00000000"));

        assertThat(sampled(all()).ports().getFirst().connections()).isEqualTo(count);
    }

    @Test
    void otherPortsAreNotCounted() throws IOException {
        tcp(row("0500000A:1F91", CLIENT, "01", NONE), row(CLIENT, HERE, "01", NONE));

        assertThat(sampled(all()).ports()).containsExactly(new Report.Port(8080, 0, 0, List.of()));
    }

    @Test
    void anIpv4ClientOfAListenerOnBothStacksIsFoundInTheOtherTable() throws IOException {
        tcp6(
                row(
                        "0000000000000000FFFF00000500000A:1F90",
                        "0000000000000000FFFF00000900000A:C350",
                        "01",
                        NONE),
                row(
                        "B80D0120000000000000000001000000:1F90",
                        "B80D0120000000000000000002000000:C350",
                        "01",
                        NONE));

        assertThat(sampled(all()).ports())
                .containsExactly(
                        new Report.Port(
                                8080,
                                2,
                                0,
                                List.of(
                                        new Remote("10.0.0.9", 1),
                                        new Remote("2001:db8:0:0:0:0:0:2", 1))));
    }

    @Test
    void theFiveRemoteAddressesWithMostAreNamedMostFirst() throws IOException {
        var rows = new StringBuilder();
        for (int remote = 1; remote <= 6; remote++) {
            for (int i = 0; i < remote; i++) {
                rows.append(row(HERE, "0%d00000A:C35%d".formatted(remote, i), "01", NONE));
            }
        }
        tcp(rows.toString());

        Report.Port port = sampled(all()).ports().getFirst();
        assertThat(port.connections()).isEqualTo(21);
        assertThat(port.remotes())
                .containsExactly(
                        new Remote("10.0.0.6", 6),
                        new Remote("10.0.0.5", 5),
                        new Remote("10.0.0.4", 4),
                        new Remote("10.0.0.3", 3),
                        new Remote("10.0.0.2", 2));
    }

    @Test
    void connectionsToOtherLocalAddressesAreLeftOutBySetting() throws IOException {
        tcp(row(HERE, CLIENT, "01", NONE), row("0600000A:1F90", CLIENT, "01", NONE));

        assertThat(sampled(to(List.of(InetAddress.ofLiteral("10.0.0.6")))).ports())
                .containsExactly(new Report.Port(8080, 1, 0, List.of(new Remote("10.0.0.9", 1))));
    }

    @Test
    void theProbesSourceIsNotCounted() throws IOException {
        tcp(row(HERE, "10813FA8:C350", "01", NONE)); // 168.63.129.16

        assertThat(sampled(all()).ports().getFirst().connections()).isZero();
    }

    @Test
    void quietIsHowLongTheSamplesFoundNothing() throws IOException {
        Connections connections = all();
        connections.watch(List.of(8080));
        assertThat(connections.view().quiet()).isEmpty();

        seconds(connections, 3);
        assertThat(connections.view().quiet()).contains(Duration.ofSeconds(2));

        time.passSeconds(1);
        assertThat(connections.view().quiet()).contains(Duration.ofSeconds(2));

        tcp(row(HERE, CLIENT, "01", NONE));
        connections.sample();
        assertThat(connections.view().quiet()).isEmpty();

        tcp(LISTEN);
        seconds(connections, 2);
        assertThat(connections.view().quiet()).contains(Duration.ofSeconds(1));
    }

    @Test
    void whatWasNotLookedAtWasNotQuiet() {
        Connections connections = all();
        connections.watch(List.of(8080));
        seconds(connections, 5);
        time.passSeconds(8);
        seconds(connections, 2);

        assertThat(connections.view().quiet()).contains(Duration.ofSeconds(1));
    }

    @Test
    void aPortThatIsNewlyWatchedStartsQuietAgain() {
        Connections connections = all();
        connections.watch(List.of(8080));
        seconds(connections, 5);
        connections.watch(List.of(8080, 8443));
        assertThat(connections.view().quiet()).isEmpty();
        seconds(connections, 2);
        assertThat(connections.view().quiet()).contains(Duration.ofSeconds(1));

        connections.watch(List.of(8443));
        seconds(connections, 1);
        assertThat(connections.view().quiet()).contains(Duration.ofSeconds(2));
    }

    @Test
    void withoutAWatchedPortNothingIsQuiet() {
        Connections connections = all();
        seconds(connections, 5);

        assertThat(connections.view())
                .isEqualTo(new Connections.View(List.of(), java.util.Optional.empty()));
    }

    @Test
    void aTableThatCannotBeReadIsNotQuietAndNamesNoPort() throws IOException {
        Connections connections = all();
        connections.watch(List.of(8080));
        seconds(connections, 5);
        tcp("   0: nonsense\n");
        connections.sample();

        assertThat(connections.view())
                .isEqualTo(new Connections.View(List.of(), java.util.Optional.empty()));
    }

    @Test
    void aCloseWaitThatDoesNotChangeForAMinuteIsALeakAndNotCounted() throws IOException {
        tcp(row(HERE, CLIENT, "08", "00000000:00000001"));
        Connections connections = all();
        connections.watch(List.of(8080));
        seconds(connections, 60);
        assertThat(connections.view().ports().getFirst().connections()).isEqualTo(1);

        seconds(connections, 1);
        assertThat(connections.view().ports())
                .containsExactly(new Report.Port(8080, 0, 1, List.of()));
        assertThat(connections.view().quiet()).contains(Duration.ZERO);
    }

    @Test
    void aCloseWaitThatChangesIsStillInUse() throws IOException {
        tcp(row(HERE, CLIENT, "08", "00000100:00000001"));
        Connections connections = all();
        connections.watch(List.of(8080));
        seconds(connections, 59);
        tcp(row(HERE, CLIENT, "08", "00000080:00000001"));
        seconds(connections, 30);

        assertThat(connections.view().ports().getFirst().connections()).isEqualTo(1);
        assertThat(connections.view().ports().getFirst().leaking()).isZero();
    }

    private Connections all() {
        return to(List.of());
    }

    private Connections to(List<InetAddress> localAddresses) {
        return new Connections(
                folder,
                localAddresses,
                List.of(Cidr.of("168.63.129.16")),
                new LocalCalls(time),
                time);
    }

    private static Connections.View sampled(Connections connections) {
        connections.watch(List.of(8080));
        connections.sample();
        return connections.view();
    }

    private void seconds(Connections connections, int samples) {
        for (int i = 0; i < samples; i++) {
            time.passSeconds(1);
            connections.sample();
        }
    }

    private void tcp(String... rows) throws IOException {
        Files.writeString(folder.resolve("tcp"), HEAD + String.join("", rows), US_ASCII);
    }

    private void tcp6(String... rows) throws IOException {
        Files.writeString(folder.resolve("tcp6"), HEAD + String.join("", rows), US_ASCII);
    }

    private static String row(String local, String remote, String state, String queues) {
        return "  12: "
                + String.join(" ", local, remote, state, queues)
                + " 00:00000000 00000000  1000        0 4711 1 0000000000000000 20 4 30 10 -1\n";
    }
}
