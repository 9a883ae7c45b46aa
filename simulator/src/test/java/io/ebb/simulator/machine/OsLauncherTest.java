package io.ebb.simulator.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
@EnabledOnOs(OS.LINUX)
class OsLauncherTest {
    @TempDir private Path folder;

    private static void await(Callable<Boolean> condition) throws Exception {
        while (!condition.call()) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    /** The state letter of a process, after its name in parentheses. */
    private static char state(long pid) throws IOException {
        var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return stat.charAt(stat.lastIndexOf(')') + 2);
    }

    @Test
    void aPausedProcessStandsStillWithItsChildrenAndGoesOn() throws Exception {
        var process =
                new OsLauncher()
                        .launch(
                                List.of("sh", "-c", "sleep 300 & wait"),
                                Map.of(),
                                folder.resolve("log"));
        try {
            var parent = ProcessHandle.of(process.pid()).orElseThrow();
            await(() -> parent.children().count() == 1);
            long child = parent.children().findFirst().orElseThrow().pid();
            process.pause();
            await(() -> state(process.pid()) == 'T' && state(child) == 'T');
            process.resume();
            await(() -> state(process.pid()) == 'S' && state(child) == 'S');
        } finally {
            process.kill();
        }
    }

    @Test
    void aKilledProcessIsGoneWithItsChildrenEvenIfPaused() throws Exception {
        var process =
                new OsLauncher()
                        .launch(
                                List.of("sh", "-c", "sleep 300 & wait"),
                                Map.of(),
                                folder.resolve("log"));
        var parent = ProcessHandle.of(process.pid()).orElseThrow();
        await(() -> parent.children().count() == 1);
        var child = parent.children().findFirst().orElseThrow();
        process.pause();
        process.kill();

        assertThat(parent.isAlive()).isFalse();
        await(() -> !child.isAlive());
    }

    @Test
    void outputIsAppendedToTheLogAndTheEnvironmentIsSet() throws Exception {
        var log = folder.resolve("log");
        Files.writeString(log, "before\n");
        new OsLauncher().launch(List.of("sh", "-c", "echo $WORD"), Map.of("WORD", "hello"), log);

        await(() -> Files.readString(log).equals("before\nhello\n"));
    }

    @Test
    void theInputStaysOpenSoThatItsEndMeansNobodyIsLeft() throws Exception {
        var process =
                new OsLauncher()
                        .launch(List.of("sh", "-c", "read x; exit"), Map.of(), folder.resolve("l"));
        await(() -> state(process.pid()) == 'S');
        assertThat(ProcessHandle.of(process.pid()).orElseThrow().isAlive()).isTrue();
        process.kill();
    }

    @Test
    void aMissingProgramIsAnError() {
        assertThatThrownBy(() ->
                        new OsLauncher()
                                .launch(
                                        List.of("/no/such/program"),
                                        Map.of(),
                                        folder.resolve("log")))
                .isInstanceOf(IOException.class);
    }
}
