package io.ebb.integration.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.pool.LoadBalancer.Resource;
import io.ebb.orchestrator.pool.LoadBalancer.Verdict;
import io.ebb.simulator.arm.RuleHealth;
import io.ebb.simulator.control.Faults;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One call that is not answered must not keep everything else unread: a request may take long. */
@Timeout(60)
class HangingReadsTest {
    private static final Duration REQUEST = Duration.ofSeconds(35);
    private static final Duration HANG = Duration.ofSeconds(33);

    @TempDir private Path folder;
    private Cloud cloud;

    @BeforeEach
    void start() throws IOException {
        var quick = "{ nicPut: 100ms, operation: 200ms, retryAfter: 0s }";
        cloud = new Cloud(folder, "", "", true, quick, REQUEST);
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    private void hang(String method, String path) {
        cloud.faults.hang(new Faults.Hang(new Faults.Requests(method, path), HANG), 1);
    }

    @Test
    @Timeout(25)
    void anInterfaceThatHangsDoesNotKeepTheOthersFromBeingRead() {
        var vms = List.of(cloud.vm("web-0"), cloud.vm("web-1"));
        hang("GET", "networkInterfaces/web-1-nic");
        var reading = cloud.pools.read(vms);
        assertThat(reading.resources()).extracting(Resource::vm).containsExactly(vms.get(0).id());
        assertThat(reading.unread())
                .singleElement()
                .satisfies(unread -> {
                    assertThat(unread.vm()).isEqualTo(vms.get(1).id());
                    assertThat(unread.why())
                            .isEqualTo("reading web-1-nic of web-1: no answer in time");
                });
    }

    @Test
    @Timeout(25)
    void aHealthCallThatHangsLeavesTheLastVerdict() {
        cloud.verdicts.put("web-0", new RuleHealth.Verdict(false, "Down_Probe_TcpProbeTimeout"));
        assertThat(cloud.look("web-0").places().getFirst().verdict()).isEqualTo(Verdict.DOWN);
        hang("POST", "health");
        cloud.clock.advance(Duration.ofSeconds(30));
        assertThat(cloud.look("web-0").places().getFirst().verdict()).isEqualTo(Verdict.WAS_DOWN);
    }
}
