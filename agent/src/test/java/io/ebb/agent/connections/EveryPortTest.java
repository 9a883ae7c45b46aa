package io.ebb.agent.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.protocol.Report;
import io.ebb.protocol.Report.Remote;
import io.ebb.protocol.Wish;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is counted where every port is watched. */
@Timeout(10)
class EveryPortTest extends Sampled {
    private static final String LISTEN_8443 = listener("00000000:20FB");
    private static final String ON_8080 = row(HERE, CLIENT, "01", NONE);
    private static final String ON_8443 = row("0500000A:20FB", CLIENT, "01", NONE);

    private Connections every(Integer... named) {
        Connections connections = all();
        connections.watch(List.of(named));
        return connections;
    }

    private static Report.Port found(int connections) {
        return new Report.Port(
                Wish.EVERY_PORT,
                connections,
                0,
                connections == 0 ? List.of() : List.of(new Remote("10.0.0.9", connections)));
    }

    @Test
    void allPortsThatTheVmListensOnAreCountedTogether() throws IOException {
        tcp(LISTEN, LISTEN_8443, ON_8080, ON_8443);
        tcp6(
                listener("00000000000000000000000000000000:2328"), // 9000
                row(
                        "0000000000000000FFFF00000500000A:2328",
                        "0000000000000000FFFF00000900000A:C350",
                        "01",
                        NONE));
        Connections connections = every(Wish.EVERY_PORT);
        connections.sample();

        assertThat(connections.view().ports()).containsExactly(found(3));
    }

    @Test
    void theRulesAreThoseOfAPortThatIsNamed() throws IOException {
        tcp(
                LISTEN,
                row(HERE, CLIENT, "06", NONE), // TIME_WAIT
                row(HERE, CLIENT, "04", "00000001:00000000"), // FIN_WAIT1, only the FIN
                row(HERE, "10813FA8:C350", "01", NONE), // 168.63.129.16
                row(HERE, CLIENT, "08", "00000000:00000001")); // CLOSE_WAIT
        Connections connections = every(Wish.EVERY_PORT);
        seconds(connections, 60);
        assertThat(connections.view().ports()).containsExactly(found(1));

        seconds(connections, 1);
        assertThat(connections.view().ports())
                .containsExactly(new Report.Port(Wish.EVERY_PORT, 0, 1, List.of()));
    }

    @Test
    void whatTheVmItselfCallsIsNotCounted() throws IOException {
        tcp(LISTEN, row("0500000A:C351", "0900000A:1F90", "01", NONE));
        Connections connections = every(Wish.EVERY_PORT);
        connections.sample();

        assertThat(connections.view().ports()).containsExactly(found(0));
        assertThat(connections.view().quiet()).contains(Duration.ZERO);
    }

    @Test
    void excludedPortsAreNotCountedUnlessARuleNamesThem() throws IOException {
        String ssh = row("0500000A:0016", CLIENT, "01", NONE);
        tcp(LISTEN, listener("00000000:0016"), ssh, listener("00000000:1F9A")); // 22, 8090
        Connections connections = every(Wish.EVERY_PORT);
        connections.sample();
        assertThat(connections.view().ports()).containsExactly(found(0));

        connections.watch(List.of(Wish.EVERY_PORT, 22));
        connections.sample();
        assertThat(connections.view().ports())
                .containsExactly(
                        found(0), new Report.Port(22, 1, 0, List.of(new Remote("10.0.0.9", 1))));
    }

    @Test
    void aPortThatIsNamedTooIsNotCountedTwice() throws IOException {
        tcp(LISTEN, LISTEN_8443, ON_8080, ON_8443);
        Connections connections = every(Wish.EVERY_PORT, 8080);
        connections.ask(List.of(1, 2));
        seconds(connections, 3);

        assertThat(connections.view().ports())
                .containsExactly(
                        found(1), new Report.Port(8080, 1, 0, List.of(new Remote("10.0.0.9", 1))));
        assertThat(connections.view().calm()).containsExactly(calm(2, 2));
    }

    @Test
    void aListenerThatOnlyLoopbackReachesIsLeftOut() throws IOException {
        tcp(
                LISTEN,
                listener("0100007F:18EB"), // 127.0.0.1:6379
                row("0100007F:18EB", "0100007F:C350", "01", NONE));
        Connections connections = every(Wish.EVERY_PORT);
        connections.sample();

        assertThat(connections.view().ports()).containsExactly(found(0));
    }

    @Test
    void onlyListenersThatTheWatchedAddressesReachCount() throws IOException {
        tcp(
                LISTEN,
                listener("0600000A:20FB"), // 10.0.0.6:8443
                listener("0700000A:2328"), // 10.0.0.7:9000
                row("0600000A:1F90", CLIENT, "01", NONE),
                row("0600000A:20FB", CLIENT, "01", NONE),
                row("0600000A:2328", CLIENT, "01", NONE));
        Connections connections = to(List.of(InetAddress.ofLiteral("10.0.0.6")));
        connections.watch(List.of(Wish.EVERY_PORT));
        connections.sample();

        assertThat(connections.view().ports()).containsExactly(found(2));
    }

    @Test
    void aNewListenerLetsQuietGoOnAndItsConnectionsCountAtOnce() throws IOException {
        Connections connections = every(Wish.EVERY_PORT);
        seconds(connections, 3);
        tcp(LISTEN, LISTEN_8443);
        seconds(connections, 2);
        assertThat(connections.view().quiet()).contains(Duration.ofSeconds(4));

        tcp(
                LISTEN,
                LISTEN_8443,
                listener("00000000:2328"),
                row("0500000A:2328", CLIENT, "01", NONE));
        seconds(connections, 1);
        assertThat(connections.view().ports()).containsExactly(found(1));
        assertThat(connections.view().quiet()).isEmpty();
    }

    @Test
    void aPortIsCountedUntilItsConnectionsAreGoneThoughNobodyListensAnyMore() throws IOException {
        tcp(LISTEN, LISTEN_8443, ON_8080);
        Connections connections = every(Wish.EVERY_PORT);
        seconds(connections, 1);
        tcp(LISTEN_8443, ON_8080);
        seconds(connections, 5);
        assertThat(connections.view().ports()).containsExactly(found(1));

        tcp(LISTEN_8443);
        seconds(connections, 1);
        assertThat(connections.view().ports()).containsExactly(found(0));

        tcp(LISTEN_8443, ON_8080); // by now some call of the VM's own
        seconds(connections, 1);
        assertThat(connections.view().ports()).containsExactly(found(0));
    }

    @Test
    void aConnectionThatCameJustBeforeTheListenerWentIsCounted() throws IOException {
        Connections connections = every(Wish.EVERY_PORT);
        seconds(connections, 2);
        tcp(ON_8080);
        seconds(connections, 3);

        assertThat(connections.view().ports()).containsExactly(found(1));
    }

    @Test
    void ofAVmThatWasNeverSeenToListenNothingIsSaid() throws IOException {
        tcp(ON_8080);
        Connections connections = every(Wish.EVERY_PORT);
        seconds(connections, 3);
        assertThat(connections.view().ports()).isEmpty();
        assertThat(connections.view().quiet()).isEmpty();

        tcp(LISTEN_8443);
        seconds(connections, 2);
        tcp("");
        seconds(connections, 2);
        assertThat(connections.view().ports()).containsExactly(found(0));
        assertThat(connections.view().quiet()).contains(Duration.ofSeconds(3));

        connections.watch(List.of(8080));
        connections.watch(List.of(Wish.EVERY_PORT));
        seconds(connections, 2);
        assertThat(connections.view().ports()).isEmpty();
    }
}
