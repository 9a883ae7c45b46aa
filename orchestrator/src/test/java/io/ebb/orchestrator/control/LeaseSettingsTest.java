package io.ebb.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebb.orchestrator.policy.ContradictionException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class LeaseSettingsTest {
    @Test
    void aKilledPlannerIsReplacedWithinTenSecondsUnlessToldOtherwise() {
        assertThat(LeaseSettings.DEFAULT.lease().plus(Loop.SPACING).plus(Loop.OPEN))
                .isLessThan(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT2.9S", "PT61S"})
    void aLeaseThatNobodyCouldKeepOrWaitForIsRefused(Duration lease) {
        assertThatThrownBy(() -> new LeaseSettings(lease))
                .isInstanceOf(ContradictionException.class)
                .hasMessageContaining("ebb.lease is")
                .hasMessageContaining("expected 3 s to 60 s");
    }
}
