package io.ebb.agent.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** For how long nothing, or little, was counted. */
@Timeout(10)
class QuietTest extends Sampled {

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
                .isEqualTo(new Connections.View(List.of(), Optional.empty(), List.of()));
    }

    @Test
    void aTableThatCannotBeReadIsNotQuietAndNamesNoPort() throws IOException {
        Connections connections = all();
        connections.watch(List.of(8080));
        seconds(connections, 5);
        tcp("   0: nonsense\n");
        connections.sample();

        assertThat(connections.view())
                .isEqualTo(new Connections.View(List.of(), Optional.empty(), List.of()));
    }

    @Test
    void aSourceThatIsNoLongerIgnoredStartsQuietAgain() {
        Connections connections = all();
        connections.watch(List.of(8080));
        connections.ignore(List.of("10.0.0.0/24", "10.1.0.0/16"));
        seconds(connections, 5);
        connections.ignore(List.of("10.0.0.0/24"));
        assertThat(connections.view().quiet()).isEmpty();

        seconds(connections, 2);
        assertThat(connections.view().quiet()).contains(Duration.ofSeconds(1));
    }

    @Test
    void aSourceThatIsNewlyIgnoredLetsQuietGoOn() {
        Connections connections = all();
        connections.watch(List.of(8080));
        connections.ignore(List.of("10.0.0.0/24"));
        seconds(connections, 5);
        connections.ignore(List.of("10.1.0.0/16", "10.0.0.0/24"));
        seconds(connections, 1);

        assertThat(connections.view().quiet()).contains(Duration.ofSeconds(5));
    }

    @Test
    void calmIsHowLongTheSamplesFoundAtMostSoManyOnAllPortsTogether() throws IOException {
        Connections connections = all();
        connections.watch(List.of(8080, 8443));
        connections.ask(List.of(3, 1, 3));
        seconds(connections, 3);
        tcp(row(HERE, CLIENT, "01", NONE), row("0500000A:20FB", CLIENT, "01", NONE)); // 8443
        seconds(connections, 2);
        assertThat(connections.view().quiet()).isEmpty();
        assertThat(connections.view().calm()).containsExactly(calm(3, 4));

        tcp(row(HERE, CLIENT, "01", NONE));
        seconds(connections, 2);
        assertThat(connections.view().quiet()).isEmpty();
        assertThat(connections.view().calm()).containsExactly(calm(1, 1), calm(3, 6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"missed samples", "failed sample", "new port", "source counted again"})
    void whatStartsQuietAgainStartsEachThresholdAgain(String what) throws IOException {
        tcp(row(HERE, CLIENT, "01", NONE));
        Connections connections = all();
        connections.watch(List.of(8080));
        connections.ignore(List.of("10.1.0.0/16"));
        connections.ask(List.of(1, 2));
        seconds(connections, 5);
        assertThat(connections.view().calm()).containsExactly(calm(1, 4), calm(2, 4));

        switch (what) {
            case "missed samples" -> time.passSeconds(8);
            case "failed sample" -> {
                tcp("   0: nonsense\n");
                seconds(connections, 1);
                tcp(row(HERE, CLIENT, "01", NONE));
            }
            case "new port" -> connections.watch(List.of(8080, 8443));
            default -> connections.ignore(List.of());
        }
        if (!what.equals("missed samples")) {
            assertThat(connections.view().calm()).isEmpty();
        }
        seconds(connections, 2);
        assertThat(connections.view().calm()).containsExactly(calm(1, 1), calm(2, 1));
    }

    @Test
    void aThresholdThatIsNewlyAskedForBeginsWithTheNextSample() {
        Connections connections = all();
        connections.watch(List.of(8080));
        connections.ask(List.of(1, 5));
        seconds(connections, 5);
        connections.ask(List.of(2, 5));
        assertThat(connections.view().calm()).containsExactly(calm(5, 4));

        seconds(connections, 1);
        assertThat(connections.view().calm()).containsExactly(calm(2, 0), calm(5, 5));
        assertThat(connections.view().quiet()).contains(Duration.ofSeconds(5));

        connections.ask(List.of(1));
        assertThat(connections.view().calm()).isEmpty();
    }
}
