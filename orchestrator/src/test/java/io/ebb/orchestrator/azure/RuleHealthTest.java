package io.ebb.orchestrator.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.pool.LoadBalancer.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RuleHealthTest {

    @Test
    void upIsUpForEveryRuleAndDownIsDownForOne() {
        assertThat(
                        RuleHealth.verdicts(
                                List.of(
                                        Map.of("a", "Up", "b", "Up", "c", "Up", "d", "Up"),
                                        Map.of("a", "Up", "b", "Down", "c", "NA"))))
                .containsOnly(Map.entry("a", Verdict.UP), Map.entry("b", Verdict.DOWN));
    }
}
