package io.ebb.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebb.orchestrator.policy.ContradictionException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class ReadingSettingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"PT0.9S", "PT31S"})
    void aPaceThatAzureWouldNotGrantOrThatDecidesByOldWordsIsRefused(Duration age) {
        assertThatThrownBy(() -> new ReadingSettings(age))
                .isInstanceOf(ContradictionException.class)
                .hasMessageContaining("ebb.reading-age is")
                .hasMessageContaining("expected 1 s to 30 s");
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
