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
                    List.of(8080, 8443),
                    false,
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
                                true,
                                Wish.Hook.NONE,
                                List.of()));
    }

    @Test
    void aWishThatDoesNotSayWhetherTheProbePassesIsMalformed() {
        String json = "{\"nextReportMs\":1000,\"hook\":\"NONE\"}";
        assertThatThrownBy(() -> WishJson.read(json.getBytes(UTF_8)))
                .isInstanceOf(MalformedException.class)
                .hasMessage("wish.passProbe: missing");
    }
}
