package io.ebb.integration.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.demo.fleet.Await;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** What must become true, on however slow a machine. */
public final class Soon {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Soon() {}

    /** Waits for it, and fails when it does not come. */
    public static void soon(String what, BooleanSupplier condition) {
        assertThat(Await.until(PATIENCE, condition)).as(what).isTrue();
    }
}
