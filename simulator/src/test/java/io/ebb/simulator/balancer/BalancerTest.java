package io.ebb.simulator.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebb.simulator.arm.Condition;
import io.ebb.simulator.arm.RuleHealth.Verdict;
import java.io.IOException;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BalancerTest {
    private final BalancerWorld world;

    BalancerTest() throws IOException {
        world = new BalancerWorld("reset");
    }

    @AfterEach
    void stop() throws IOException {
        world.close();
    }

    @Test
    void noFlowReachesAMemberBeforeItsFirstGoodProbe() throws IOException {
        world.health.values().forEach(status -> status.set(503));
        world.balancer.start();
        Condition.await(
                "the first bad probe",
                () ->
                        world.resources.inEffect().stream()
                                .allMatch(m ->
                                        world.balancer
                                                .of(m)
                                                .reason()
                                                .equals("Down_Probe_HttpStatusCodeError")));

        assertThatIOException()
                .isThrownBy(() -> world.backendOf("127.0.4.1"))
                .withMessageContaining("reset");
    }

    @Test
    void aClientStaysWithItsBackendAndClientsAreSpread() throws IOException {
        world.up();
        var seen = new TreeSet<String>();
        for (int i = 1; i <= 40; i++) {
            var source = "127.0.4." + i;
            var backend = world.backendOf(source);
            seen.add(backend);
            assertThat(world.backendOf(source)).isEqualTo(backend);
        }
        assertThat(seen).containsExactlyElementsOf(BalancerWorld.ADDRESSES);
    }

    @Test
    void theBackendSeesTheClientsOwnAddress() throws IOException {
        world.up();
        try (var client = new Client("127.0.4.7", world.balancer.address())) {
            assertThat(client.greeting()).endsWith("sees 127.0.4.7");
        }
    }

    @Test
    void aClientThatIsDoneSendingStillGetsItsAnswer() throws IOException {
        world.up();
        try (var client = new Client("127.0.4.7", world.balancer.address())) {
            client.backend();
            assertThat(client.echo("hello")).isEqualTo("hello");
            client.finish();
            assertThat(client.wasReset()).isFalse();
        }
        Condition.await("the end of the flow", () -> world.openFlows() == 0);
        assertThat(world.balancer.members().stream().mapToLong(MemberState::totalFlows).sum())
                .isEqualTo(1);
    }

    @Test
    void aRemovedMemberGetsNoNewFlowAndItsFlowsAreReset() throws IOException {
        world.up();
        try (var client = world.clientOf("127.0.3.2")) {
            world.remove("web-1");

            assertThat(client.wasReset()).isTrue();
        }
        for (int i = 1; i <= 40; i++) {
            assertThat(world.backendOf("127.0.4." + i)).isNotEqualTo("127.0.3.2");
        }
        assertThat(world.kinds("web-1")).containsSubsequence("memberRemoved", "outOfRotation");
        assertThat(world.kinds("web-1")).contains("flowsReset");
    }

    @Test
    void aRemovedMembersFlowsGoOnWhereTheScenarioSaysSo() throws IOException {
        try (var keeping = new BalancerWorld("keep")) {
            keeping.up();
            try (var client = keeping.clientOf("127.0.3.2")) {
                keeping.remove("web-1");

                assertThat(client.echo("still there")).isEqualTo("still there");
            }
        }
    }

    @Test
    void otherClientsStayWhereTheyAreWhenAMemberLeavesAndItsOwnComeBackWithIt() throws IOException {
        world.up();
        var before = world.map();
        world.remove("web-1");
        var without = world.map();
        world.add("web-1");
        Condition.await("web-1 in rotation", () -> world.inRotation("web-1"));
        var after = world.map();

        before.forEach((client, backend) -> {
            if (!backend.equals("127.0.3.2")) {
                assertThat(without.get(client)).isEqualTo(backend);
            }
        });
        assertThat(after).isEqualTo(before);
    }

    @Test
    void aFailingProbeStopsNewFlowsAndLeavesEstablishedOnesAlone() throws IOException {
        world.up();
        try (var client = world.clientOf("127.0.3.2")) {
            world.health("127.0.3.2").set(500);
            Condition.await("web-1 down", () -> !world.inRotation("web-1"));

            assertThat(client.echo("still there")).isEqualTo("still there");
            for (int i = 1; i <= 40; i++) {
                assertThat(world.backendOf("127.0.4." + i)).isNotEqualTo("127.0.3.2");
            }
        }
        assertThat(world.kinds("web-1")).containsSubsequence("probeUp", "inRotation", "probeDown");
        world.health("127.0.3.2").set(200);
        Condition.await("web-1 up again", () -> world.inRotation("web-1"));
    }

    @Test
    void anAdminStateOfDownStopsNewFlowsAlthoughTheProbePasses() throws IOException {
        world.up();
        try (var client = world.clientOf("127.0.3.2")) {
            var lb = world.balancerTree();
            var pool = (ObjectNode) lb.at("/properties/backendAddressPools/0/properties");
            pool.withArrayProperty("loadBalancerBackendAddresses")
                    .forEach(e -> {
                        if (e.path("name").asText().startsWith("web-1")) {
                            ((ObjectNode) e.path("properties")).put("adminState", "Down");
                        }
                    });
            world.resources.replace(lb);

            assertThat(client.echo("still there")).isEqualTo("still there");
            for (int i = 1; i <= 40; i++) {
                assertThat(world.backendOf("127.0.4." + i)).isNotEqualTo("127.0.3.2");
            }
        }
        assertThat(world.member("web-1").adminState()).isEqualTo("Down");
        assertThat(world.kinds("web-1")).endsWith("outOfRotation");
    }

    @Test
    void aMachineThatGoesDownHasItsFlowsReset() throws IOException {
        world.up();
        try (var victim = world.clientOf("127.0.3.2");
                var other = world.clientOf("127.0.3.1")) {
            world.balancer.resetFlows("web-1");

            assertThat(victim.wasReset()).isTrue();
            assertThat(other.echo("fine")).isEqualTo("fine");
            assertThat(world.member("web-1").openFlows()).isZero();
            assertThat(world.member("web-0").openFlows()).isEqualTo(1);
        }
    }

    @Test
    void aVerdictTurnsOnlyAfterAsManyEqualProbesAsTheThresholdSays() {
        var down = new Verdict(false, "Down_Probe_HttpNoResponse");
        var member = new Member(world.resources.inEffect().getFirst());
        member.enter(member.facts());

        member.probed(Prober.UP, 2);
        assertThat(member.takesFlows()).isFalse();
        assertThat(member.health().reason()).isEqualTo("Down_Probe_ApproachingHealthyThreshold");
        member.probed(Prober.UP, 2);
        assertThat(member.takesFlows()).isTrue();
        member.probed(down, 2);
        assertThat(member.health().reason()).isEqualTo("Up_Probe_ApproachingUnhealthyThreshold");
        member.probed(Prober.UP, 2);
        member.probed(down, 2);
        assertThat(member.takesFlows()).as("no two in a row").isTrue();
    }
}
