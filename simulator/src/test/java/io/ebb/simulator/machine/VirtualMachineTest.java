package io.ebb.simulator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.simulator.TestClock;
import io.ebb.simulator.control.Record;
import io.ebb.simulator.scenario.Vm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(10)
class VirtualMachineTest {
    @TempDir private Path folder;

    private final FakeLauncher launcher = new FakeLauncher();
    private final List<Power> heard = new ArrayList<>();
    private VirtualMachine machine;

    @BeforeEach
    void switchOn() {
        machine =
                new VirtualMachine(
                        new Vm("web-1", "127.0.1.2", 0, 0),
                        folder,
                        new Program(List.of("guest"), Map.of()),
                        8169,
                        launcher,
                        (_, power) -> heard.add(power),
                        new Record(new TestClock()));
        machine.powerOn(Duration.ZERO);
        launcher.log.clear();
        heard.clear();
    }

    @Test
    void aDeletedMachineIsGoneForGood() {
        machine.install(new Program(List.of("agent"), Map.of()));
        machine.delete();
        machine.powerOn(Duration.ZERO);
        machine.comeBack();

        assertThat(machine.power()).isEqualTo(Power.DELETED);
        assertThat(new VirtualMachines(List.of(machine)).all()).isEmpty();
        assertThat(machine.agentPid()).isEmpty();
        assertThat(machine.guestPid()).isEmpty();
    }

    @Test
    void anAgentKnowsItsMachineByPlaceholders() {
        machine.install(
                new Program(List.of("agent", "{name}", "{metadata}", "{bootIdFile}"), Map.of()));

        assertThat(launcher.log)
                .containsExactly(
                        "start agent web-1 http://127.0.1.2:8169 " + folder.resolve("boot_id"));
    }

    @Test
    void aRebootKillsBothAndStartsBothWithAnotherBootId() throws IOException {
        machine.install(new Program(List.of("agent"), Map.of()));
        machine.stop(Power.STOPPED);
        assertThat(machine.guestPid()).isEmpty();
        assertThat(machine.agentPid()).isEmpty();
        machine.comeBack();

        assertThat(launcher.log)
                .containsExactly(
                        "start agent", "kill agent", "kill guest", "start guest", "start agent");
        assertThat(Files.readString(folder.resolve("boot_id")).strip()).isEqualTo(machine.bootId());
        assertThat(heard).containsExactly(Power.STOPPED, Power.RUNNING);
    }

    @Test
    void anAgentThatIsInstalledOnAStoppedMachineStartsWithIt() {
        machine.stop(Power.STOPPED);
        machine.install(new Program(List.of("agent"), Map.of()));
        assertThat(launcher.log).containsExactly("kill guest");
        machine.comeBack();

        assertThat(launcher.log).containsExactly("kill guest", "start guest", "start agent");
    }

    @Test
    void anotherAgentReplacesTheFirst() {
        machine.install(new Program(List.of("one"), Map.of()));
        machine.install(new Program(List.of("two"), Map.of()));
        machine.uninstall();

        assertThat(launcher.log).containsExactly("start one", "kill one", "start two", "kill two");
    }

    @Test
    void aDownMachineCannotBeFrozen() {
        machine.stop(Power.STOPPED);
        machine.freeze();
        machine.thaw();

        assertThat(machine.power()).isEqualTo(Power.STOPPED);
    }

    @Test
    void whoWaitsForTheThawGoesOnWhenTheMachineGoesDownInstead() throws Exception {
        machine.freeze();
        var waiting = Thread.ofVirtual().start(() -> awaitThaw(machine));
        machine.stop(Power.DEALLOCATED);
        waiting.join();

        assertThat(machine.power()).isEqualTo(Power.DEALLOCATED);
    }

    private static void awaitThaw(VirtualMachine machine) {
        try {
            machine.awaitThaw();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
