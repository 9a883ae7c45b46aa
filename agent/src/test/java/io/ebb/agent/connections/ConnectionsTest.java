package io.ebb.agent.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.protocol.Report;
import io.ebb.protocol.Report.Remote;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is counted. */
@Timeout(10)
class ConnectionsTest extends Sampled {

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

    @Test
    void aSourceThatIsToBeIgnoredIsNotCountedNorIsOneOfTheSetting() throws IOException {
        tcp(
                row(HERE, CLIENT, "01", NONE),
                row(HERE, "0900010A:C350", "01", NONE), // 10.1.0.9
                row(HERE, "10813FA8:C350", "01", NONE)); // 168.63.129.16
        Connections connections = all();
        connections.ignore(List.of("fd00::/8", "10.1.0.0/16"));

        assertThat(sampled(connections).ports())
                .containsExactly(new Report.Port(8080, 1, 0, List.of(new Remote("10.0.0.9", 1))));
    }

    @Test
    void aRangeThatCannotBeReadIsCountedAndTheOthersAreNot() throws IOException {
        tcp(row(HERE, CLIENT, "01", NONE), row(HERE, "0900010A:C350", "01", NONE));
        Connections connections = all();
        connections.ignore(List.of("10.0.0.1-10.0.0.9", "10.1.0.0/16"));

        assertThat(sampled(connections).ports())
                .containsExactly(new Report.Port(8080, 1, 0, List.of(new Remote("10.0.0.9", 1))));
    }
}
