package io.ebb.orchestrator.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class DockerConditionTest {
    @Test
    void aContainerTestRunsWhereAnEngineAnswers() {
        assertThat(DockerCondition.decide("auto", () -> true).isDisabled()).isFalse();
    }

    @Test
    void aContainerTestIsSkippedWhereNoEngineAnswers() {
        assertThat(DockerCondition.decide("auto", () -> false).isDisabled()).isTrue();
    }

    @Test
    void nothingIsSkippedWhereContainersAreRequired() {
        assertThat(DockerCondition.decide("required", () -> false).isDisabled()).isFalse();
    }

    @Test
    void aMisspeltSettingSkipsNothingSilently() {
        assertThatThrownBy(() -> DockerCondition.decide("require", () -> false))
                .hasMessage("ebb.containers=require: expected auto or required");
    }
}
