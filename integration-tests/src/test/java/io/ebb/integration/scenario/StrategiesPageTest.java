package io.ebb.integration.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The tests that {@code docs/strategies.md} names are there. */
@Timeout(20)
class StrategiesPageTest {
    @Test
    void everyTestThatThePageNamesExists() {
        assertThat(Pages.namedIn(Pages.read("docs/strategies.md")))
                .hasSizeGreaterThan(10)
                .allMatch(Pages.Named::exists);
    }
}
