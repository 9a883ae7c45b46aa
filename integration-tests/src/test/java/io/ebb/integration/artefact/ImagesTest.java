package io.ebb.integration.artefact;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Capability;
import io.ebb.integration.container.NeedsDocker;
import io.ebb.integration.scenario.Soon;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.containers.wait.strategy.WaitStrategy;

/**
 * The images are the same whenever they are built, and run without root, without a capability and
 * without writing to their root file system.
 */
@NeedsDocker
@Timeout(600)
class ImagesTest {
    @Test
    void builtTwiceTheyAreTheSame() {
        var first = Images.build();
        assertThat(first).hasSize(Images.MODULES.size());
        assertThat(first.values()).allMatch(digest -> digest.matches("sha256:[0-9a-f]{64}"));
        assertThat(Images.buildAgain()).isEqualTo(first);
    }

    @Test
    void theOrchestratorServesAndKeepsItsDataOnItsVolume() throws Exception {
        try (var orchestrator = restricted("orchestrator")) {
            orchestrator.withEnv(
                    Map.of(
                            "EBB_AZURE_SUBSCRIPTION", "11111111-2222-3333-4444-555555555555",
                            "EBB_AZURE_RESOURCE_GROUPS", "rg",
                            "EBB_AZURE_ENDPOINT", "https://127.0.0.1:9",
                            "EBB_AZURE_AUTHORITY", "https://127.0.0.1:9"));
            orchestrator.waitingFor(said("orchestrator ready"));
            orchestrator.start();
            Soon.soon("it is healthy", () -> succeeds(orchestrator, "health"));
            assertRestricted(orchestrator);
            var data = orchestrator.execInContainer("ls", "/var/lib/ebb/data");
            assertThat(data.getStdout()).contains("ledger.mv.db", "operator.token");
        }
    }

    @Test
    void theAgentAnswersTheProbeThoughNobodyElseAnswersIt() throws Exception {
        try (var agent = restricted("agent")) {
            agent.withEnv(
                    Map.of(
                            "EBB_JOIN",
                            "https://127.0.0.1:9#" + "00".repeat(32) + ".none",
                            "EBB_METADATA",
                            "http://127.0.0.1:9"));
            agent.start();
            Soon.soon(
                    "it answers",
                    () -> run(agent, "bash", "-c", PROBE).getStdout().startsWith("HTTP/1.1 200"));
            assertRestricted(agent);
        }
    }

    /** The first line of what is answered to a load balancer's probe. */
    private static final String PROBE =
            "exec 3<>/dev/tcp/127.0.0.1/8090; printf 'GET /healthz HTTP/1.0\\r\\n\\r\\n' >&3;"
                    + " head -n 1 <&3";

    @Test
    void theSimulatorShowsItsVms() throws Exception {
        try (var simulator = restricted("simulator")) {
            simulator.waitingFor(said("simulator ready"));
            simulator.start();
            assertRestricted(simulator);
            assertThat(command(simulator, "vms").getStdout()).contains("web-0", "web-1", "web-2");
        }
    }

    private static void assertRestricted(GenericContainer<?> container) {
        assertThat(run(container, "id", "-u").getStdout().strip()).isEqualTo("10001");
        var write = run(container, "touch", "/opt/ebb/written");
        assertThat(write.getExitCode()).isNotZero();
        assertThat(write.getStderr()).contains("Read-only file system");
        assertThat(run(container, "cat", "/proc/1/status").getStdout().lines())
                .as("the capabilities that it has, and could ever have")
                .filteredOn(line -> line.matches("Cap(Eff|Prm|Bnd):.*"))
                .hasSize(3)
                .allMatch(line -> line.matches("Cap\\w+:\\s+0{16}"));
        assertThat(container.isRunning()).isTrue();
    }

    private static boolean succeeds(GenericContainer<?> container, String command) {
        return command(container, command).getExitCode() == 0;
    }

    /** Runs a command of the program that is in the image. */
    private static ExecResult command(GenericContainer<?> container, String command) {
        var entrypoint =
                List.of(
                        Objects.requireNonNull(
                                container.getContainerInfo().getConfig().getEntrypoint()));
        return run(container, "java", "-jar", entrypoint.getLast(), command);
    }

    private static ExecResult run(GenericContainer<?> container, String... command) {
        try {
            return container.execInContainer(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static WaitStrategy said(String text) {
        return Wait.forLogMessage(".*" + text + ".*\\n", 1)
                .withStartupTimeout(Duration.ofMinutes(5));
    }

    private static GenericContainer<?> restricted(String module) {
        return new GenericContainer<>(Images.of(module))
                .withTmpFs(Map.of("/tmp", ""))
                .withCreateContainerCmdModifier(command ->
                        Objects.requireNonNull(command.getHostConfig())
                                .withReadonlyRootfs(true)
                                .withCapDrop(Capability.ALL)
                                .withSecurityOpts(List.of("no-new-privileges:true")));
    }
}
