package io.ebb.orchestrator.policy;

import io.ebb.orchestrator.docs.GeneratedPage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class PolicyPageTest {
    @Test
    void thePageOfThePolicySaysWhatTheCodeDoes() {
        GeneratedPage.check("policy.md", PolicyPage.draw());
    }
}
