package io.ebb.orchestrator.drain;

import io.ebb.orchestrator.docs.GeneratedPage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class StatesPageTest {
    @Test
    void thePageOfStatesSaysWhatTheCodeDoes() {
        GeneratedPage.check("states.md", StatesPage.draw());
    }
}
