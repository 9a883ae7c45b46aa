package io.ebb.integration.crash;

import io.ebb.demo.fleet.Flows;
import io.ebb.demo.report.Rotation;
import java.time.Instant;
import java.util.List;

/** Why a VM leaves and returns, with a process that ends or pauses meanwhile. */
interface Course {
    /**
     * Goes to where nothing is left but to wait.
     *
     * @return when the process ended, or woke up
     */
    Instant run(CrashPoint point);

    /** When the VM had a reason to leave. */
    Instant begun();

    /** Whether the reason is gone. */
    boolean isOver();

    /** Fails when Ebb did not do by it as it should. */
    void judge(Rotation rotation, List<Flows> flows);
}
