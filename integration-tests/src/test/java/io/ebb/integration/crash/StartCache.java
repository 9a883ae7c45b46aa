package io.ebb.integration.crash;

import static io.ebb.integration.scenario.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.demo.fleet.Orchestrator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The orchestrator's classes as the JDK keeps them ready for the next start (JEP 483, JEP 514): a
 * start takes about half the time then. Worth its making where there are many.
 *
 * @param file of no other class path than the one it was made with
 */
record StartCache(Path file) {
    /**
     * The key store that it makes is read twice at each start; its password protects nothing here.
     */
    private static final List<String> PLAIN_KEY_STORE =
            List.of(
                    "-Dkeystore.pkcs12.macIterationCount=100",
                    "-Dkeystore.pkcs12.certPbeIterationCount=100",
                    "-Dkeystore.pkcs12.keyPbeIterationCount=100");

    private static final Duration MAKING = Duration.ofMinutes(2);

    /** What a process that makes it is started with. */
    List<String> making() {
        return with("-XX:AOTCacheOutput=" + file);
    }

    /** What a process that uses it is started with. */
    List<String> using() {
        return with("-XX:AOTCache=" + file);
    }

    private static List<String> with(String option) {
        return Stream.concat(Stream.of(option), PLAIN_KEY_STORE.stream()).toList();
    }

    /** Lets a process that was started with {@link #making} come to its work, and end. */
    void make(Orchestrator trained) {
        soon("it has looked", () -> trained.printed().contains("the inventory has"));
        trained.stop(MAKING);
        assertThat(file).exists();
    }
}
