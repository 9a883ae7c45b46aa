package io.ebb.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebb.orchestrator.policy.ContradictionException;
import java.time.Duration;
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
}
