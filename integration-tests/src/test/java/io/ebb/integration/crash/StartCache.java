package io.ebb.integration.crash;

import static io.ebb.integration.scenario.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.demo.fleet.Orchestrator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The orchestrator's classes as the JDK keeps them ready for the next start (JEP 483, JEP 514): a
 * start takes about half the time then. Worth its making where there are many.
 *
 * @param file of no other class path than the one it was made with
 */
record StartCache(Path file) {
    private static final Duration MAKING = Duration.ofMinutes(2);

    /** What a process that makes it is started with. */
    List<String> making() {
        return List.of("-XX:AOTCacheOutput=" + file);
    }

    /** What a process that uses it is started with. */
    List<String> using() {
        return List.of("-XX:AOTCache=" + file);
    }

    /** Lets a process that was started with {@link #making} come to its work, and end. */
    void make(Orchestrator trained) {
        soon("it has looked", () -> trained.printed().contains("the inventory has"));
        trained.stop(MAKING);
        assertThat(file).exists();
    }
}
