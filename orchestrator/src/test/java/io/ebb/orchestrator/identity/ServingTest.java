package io.ebb.orchestrator.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class ServingTest {
    private static Serving on(String host, List<String> names, Optional<String> url) {
        return new Serving(host, 8400, "data", names, url, Serving.TokenFile.KEEP);
    }

    @Test
    void agentsAreToldTheFirstPublicName() {
        var serving = on("0.0.0.0", List.of("", "ebb.example.net", "other"), Optional.empty());
        assertThat(serving.urlForAgents(8400)).isEqualTo("https://ebb.example.net:8400");
        assertThat(serving.urlForThisMachine(8400)).isEqualTo("https://127.0.0.1:8400");
    }

    @Test
    void thePublicUrlGoesBeforeAll() {
        var serving = on("0.0.0.0", List.of("name"), Optional.of("https://front:443/"));
        assertThat(serving.urlForAgents(8400)).isEqualTo("https://front:443");
    }

    @Test
    void anAddressOfVersion6StandsInBrackets() {
        assertThat(on("::", List.of(), Optional.empty()).urlForThisMachine(1))
                .isEqualTo("https://[::1]:1");
        assertThat(on("fd00::5", List.of(), Optional.empty()).urlForAgents(1))
                .isEqualTo("https://[fd00::5]:1");
    }
}
