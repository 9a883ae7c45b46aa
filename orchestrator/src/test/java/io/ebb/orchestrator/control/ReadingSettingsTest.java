package io.ebb.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebb.orchestrator.policy.ContradictionException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class ReadingSettingsTest {
    @ParameterizedTest
    @CsvSource({"PT0.9S, 0.9", "PT31S, 31.0"})
    void aPaceThatAzureWouldNotGrantOrThatDecidesByOldWordsIsRefused(Duration age, String said) {
        assertThatThrownBy(() -> new ReadingSettings(age))
                .isInstanceOf(ContradictionException.class)
                .hasMessage("ebb.reading-age is " + said + " s: expected 1 s to 30 s");
    }

    @Test
    void oneThatDecidesByWhatWasReadBeforeATakeOverIsRefused() {
        var four = new ReadingSettings(Duration.ofSeconds(4));
        assertThatThrownBy(() -> four.checkAgainst(LeaseSettings.DEFAULT))
                .isInstanceOf(ContradictionException.class)
                .hasMessage(
                        "twice ebb.reading-age is 8.0 s, not shorter than ebb.lease, which is 8.0 s");
        ReadingSettings.DEFAULT.checkAgainst(LeaseSettings.DEFAULT);
    }
}
