package io.ebb.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebb.orchestrator.policy.ContradictionException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class LeaseSettingsTest {
    @Test
    void aKilledPlannerIsReplacedWithinTenSecondsUnlessToldOtherwise() {
        assertThat(LeaseSettings.DEFAULT.lease().plus(Loop.SPACING).plus(Loop.OPEN))
                .isLessThan(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @CsvSource({"PT2.9S, 2.9", "PT61S, 61.0"})
    void aLeaseThatNobodyCouldKeepOrWaitForIsRefused(Duration lease, String said) {
        assertThatThrownBy(() -> new LeaseSettings(lease))
                .isInstanceOf(ContradictionException.class)
                .hasMessage("ebb.lease is " + said + " s: expected 3 s to 60 s");
    }
}
