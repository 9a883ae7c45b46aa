package io.ebb.orchestrator.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.ledger.Ledger.Intent;
import io.ebb.orchestrator.ledger.Ledger.TakenMember;
import io.ebb.orchestrator.ledger.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class H2KillTest {
    private static final String WRITTEN = "written ";

    @TempDir Path folder;

    @Test
    void whatWasWrittenDownOutlivesAKillOfTheProcess() throws Exception {
        var acknowledged = writeUntilKilled(50);
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(50);

        try (var dataSource = Databases.open(Databases.h2(folder), "sa", "")) {
            var ledger = new JdbcLedger(dataSource);
            Set<String> found =
                    ledger.open().taken().stream()
                            .map(TakenMember::resource)
                            .collect(Collectors.toSet());
            assertThat(found).containsAll(acknowledged);
            assertThat(ledger.lease("successor", Duration.ofMinutes(1))).isEmpty();
        }
    }

    /** Returns every member that the process called written before it died. */
    private List<String> writeUntilKilled(int count) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx96m",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                KilledWriter.class.getName(),
                                Databases.h2(folder))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        var written = new ArrayList<String>();
        try (var output = process.inputReader()) {
            String line;
            while ((line = output.readLine()) != null) {
                if (line.startsWith(WRITTEN)) {
                    var number = Integer.parseInt(line.substring(WRITTEN.length()));
                    written.add(Samples.member(number, Intent.LEAVE).resource());
                    if (number == count) {
                        // Through its handle, which leaves the pipe open: the rest of what it
                        // said before it died is read on.
                        process.toHandle().destroyForcibly();
                    }
                }
            }
        } finally {
            process.destroyForcibly();
        }
        process.waitFor();
        return written;
    }
}
