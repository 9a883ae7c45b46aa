package io.ebb.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RetentionTest {
    private static Duration length(Map<String, Object> settings) {
        var all = new HashMap<>(settings);
        all.put("datasources.default.enabled", false);
        all.put("flyway.enabled", false);
        try (var context =
                ApplicationContext.builder()
                        .deduceEnvironment(false)
                        .environments("settings")
                        .properties(all)
                        .start()) {
            return context.getBean(Retention.class).retention();
        }
    }

    @Test
    void finishedDrainsAreKeptForNinetyDaysUnlessTheSettingsSayOtherwise() {
        assertThat(length(Map.of())).isEqualTo(Duration.ofDays(90));
        assertThat(length(Map.of("ebb.retention", "7d"))).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void oneThatIsTooShortIsKnownAtTheStart() {
        assertThatThrownBy(() -> length(Map.of("ebb.retention", "24h")))
                .rootCause()
                .hasMessageStartingWith("ebb.retention is PT24H");
    }
}
