package io.ebb.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class WishJsonTest {
    private static final Wish WHOLE =
            new Wish(
                    Duration.ofSeconds(1),
                    List.of(Wish.EVERY_PORT, 8080, 8443),
                    List.of("10.1.2.0/24", "fd00:1::/64"),
                    List.of(2, 10),
                    false,
                    List.of("Preempt", "Reboot"),
                    Wish.Hook.DRAIN,
                    List.of(
                            new Wish.Approve(
                                    "o-7",
                                    "C7061BAC-AFDC-4513-B24B-AA5F13A16123",
                                    Duration.ofSeconds(10))));

    @Test
    void isWrittenAsTheGoldenFile() {
        assertThat(WishJson.write(WHOLE)).isEqualTo(Golden.compact("wish.json"));
    }

    @Test
    void isReadFromTheGoldenFile() {
        assertThat(WishJson.read(Golden.bytes("wish.json"))).isEqualTo(WHOLE);
    }

    @Test
    void aFieldOfALaterVersionIsSkipped() {
        assertThat(WishJson.read(Golden.bytes("wish-from-tomorrow.json")))
                .isEqualTo(
                        new Wish(
                                Duration.ofSeconds(10),
                                List.of(),
                                List.of(),
                                List.of(),
                                true,
                                Wish.Hook.NONE,
                                List.of()));
    }

    @Test
    void aWishOfAnEarlierVersionNamesEachPortAndLeavesOutWhatCameLater() {
        Wish wish = WishJson.read(Golden.bytes("wish-from-yesterday.json"));

        assertThat(wish)
                .isEqualTo(
                        new Wish(
                                WHOLE.nextReport(),
                                List.of(8080, 8443),
                                List.of(),
                                List.of(),
                                WHOLE.passProbe(),
                                WHOLE.hook(),
                                WHOLE.approve()));
        assertThat(WishJson.write(wish)).isEqualTo(Golden.compact("wish-from-yesterday.json"));
    }

    @Test
    void whoDoesNotKnowOfEveryPortIsNamedNoPortForIt() {
        assertThat(new String(WishJson.write(WHOLE), UTF_8)).contains("\"watch\":[8080,8443],");
        assertThatThrownBy(() -> read("[ 8080, 8443 ]", "[ 0, 8443 ]"))
                .hasMessage("wish.watch[0]: expected integer of at least 1");
        assertThatThrownBy(() -> read("\"watchEveryPort\": true", "\"watchEveryPort\": 1"))
                .hasMessage("wish.watchEveryPort: expected true or false");
        assertThat(read("\"watchEveryPort\": true", "\"watchEveryPort\": false").watch())
                .containsExactly(8080, 8443);
    }

    @Test
    void anErrorNamesThePath() {
        assertThatThrownBy(() -> read("[ 2, 10 ]", "[ 2, 0 ]"))
                .isInstanceOf(MalformedException.class)
                .hasMessage("wish.remaining[1]: expected integer of at least 1");
        assertThatThrownBy(() -> read("[ 2, 10 ]", "[ 2, 2147483648 ]"))
                .hasMessage("wish.remaining[1]: expected integer of at least 1");
        assertThatThrownBy(() -> read("[ 2, 10 ]", "[ \"2\" ]"))
                .hasMessage("wish.remaining[0]: expected integer");
        assertThatThrownBy(() -> read("\"fd00:1::/64\"", "null"))
                .hasMessage("wish.ignoreSources[1]: expected string");
        assertThatThrownBy(() -> read("[ \"10.1.2.0/24\", \"fd00:1::/64\" ]", "\"10.1.2.0/24\""))
                .hasMessage("wish.ignoreSources: expected array");
    }

    @Test
    void aWishThatDoesNotSayWhetherTheProbePassesIsMalformed() {
        String json = "{\"nextReportMs\":1000,\"hook\":\"NONE\"}";
        assertThatThrownBy(() -> WishJson.read(json.getBytes(UTF_8)))
                .isInstanceOf(MalformedException.class)
                .hasMessage("wish.passProbe: missing");
    }

    private static Wish read(String from, String to) {
        String golden = new String(Golden.bytes("wish.json"), UTF_8);
        assertThat(golden).contains(from);
        return WishJson.read(golden.replace(from, to).getBytes(UTF_8));
    }
}
