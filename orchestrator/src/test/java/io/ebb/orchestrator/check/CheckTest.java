package io.ebb.orchestrator.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.drain.MemberId;
import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.Strategy;
import io.ebb.orchestrator.drain.Terms;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.policy.PoolRule;
import io.ebb.orchestrator.policy.Rules;
import io.ebb.orchestrator.pool.FakeApprover;
import io.ebb.orchestrator.pool.Inventory.Fleet;
import io.ebb.orchestrator.pool.Inventory.KnownPool;
import io.ebb.orchestrator.pool.Inventory.KnownVm;
import io.ebb.orchestrator.pool.Inventory.Probe;
import io.ebb.orchestrator.pool.LoadBalancer;
import io.ebb.orchestrator.pool.LoadBalancer.Verdict;
import io.ebb.orchestrator.pool.Patience;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class CheckTest {
    private static final PoolId POOL = new PoolId("/lb/backendAddressPools/web");
    private static final Probe AGENTS = new Probe("Http", 8090, "/healthz", 5, 1);

    private PoolRule rule = PoolRule.DEFAULT;
    private List<Probe> probes = List.of(AGENTS);
    private boolean everyRuleProbed = true;
    private Optional<String> outbound = Optional.empty();
    private Optional<String> traceless = Optional.empty();
    private final FakeApprover approver = new FakeApprover();

    private Table table(Verdict... verdicts) {
        var vms = new ArrayList<KnownVm>();
        var resources = new ArrayList<LoadBalancer.Resource>();
        for (var i = 0; i < verdicts.length; i++) {
            var id = new VmId("vm-" + i);
            var nic = "/nics/web-" + i + "-nic";
            vms.add(new KnownVm(id, "web-" + i, "/vms/web-" + i, "/sets/web", List.of(nic)));
            var member = new MemberId(id, POOL, nic + "/ipConfigurations/one");
            resources.add(
                    new LoadBalancer.Resource(
                            nic,
                            id,
                            "lane",
                            "etag",
                            "guid",
                            List.of(
                                    new LoadBalancer.Place(
                                            member, verdicts[i], "saved", "10.0.0." + i)),
                            "document"));
        }
        return table(vms, new LoadBalancer.Reading(resources, List.of()));
    }

    private Table table(List<KnownVm> vms, LoadBalancer.Reading reading) {
        var pool =
                new KnownPool(
                        POOL,
                        POOL.value(),
                        List.of(8080),
                        false,
                        probes,
                        everyRuleProbed,
                        outbound);
        var rules = Rules.of(false, _ -> Terms.DEFAULT, rule);
        return new Check(
                        () -> new Fleet(vms, List.of(pool)),
                        new Read(reading, traceless),
                        rules,
                        new AgentProbe(8090, "/healthz"),
                        approver)
                .look();
    }

    @Test
    void aPoolThatIsReadyHasNothingThatHinders() {
        var table = table(Verdict.UP, Verdict.UP, Verdict.UP);
        assertThat(table.hinders()).isFalse();
        assertThat(table.render())
                .isEqualTo(
                        """
                        VM     NIC        POOL  STRATEGY             BUDGET                     OUTBOUND      HINDERS
                        web-0  web-0-nic  web   quiesce-then-remove  min 1, most out 1, in 3/3  not the pool  nothing
                        web-1  web-1-nic  web   quiesce-then-remove  min 1, most out 1, in 3/3  not the pool  nothing
                        web-2  web-2-nic  web   quiesce-then-remove  min 1, most out 1, in 3/3  not the pool  nothing
                        """);
    }

    @Test
    void aProbeThatDoesNotPointAtTheAgentHindersEveryVm() {
        probes = List.of(new Probe("Tcp", 8080, "", 5, 1));
        var table = table(Verdict.UP, Verdict.UP);
        assertThat(table.hinders()).isTrue();
        assertThat(table.render())
                .contains("remove ")
                .contains(
                        "probe of pool web does not point at the agent: established flows may be cut on removal");
    }

    @Test
    void aPoolWithoutProbesIsNamed() {
        probes = List.of();
        everyRuleProbed = false;
        assertThat(table(Verdict.NONE, Verdict.NONE).render())
                .contains("no rule of pool web has a probe");
        probes = List.of(AGENTS);
        assertThat(table(Verdict.NONE, Verdict.NONE).render())
                .contains("a rule of pool web has no probe");
    }

    @Test
    void theLastOneInRotationIsHindered() {
        var table = table(Verdict.UP, Verdict.DOWN);
        assertThat(table.render())
                .contains("in 1/2")
                .contains("pool would be empty: web has 1 in rotation");
        assertThat(table.hinders()).as("the one that is down can be taken out").isFalse();
        assertThat(table(Verdict.UP).hinders()).isTrue();
    }

    @Test
    void aPoolThatIsDownAltogetherIsSaidSo() {
        var table = table(Verdict.DOWN, Verdict.DOWN);
        assertThat(table.render()).contains("nobody in pool web is in rotation");
        assertThat(table.hinders()).isTrue();
    }

    @Test
    void theMinimumHinders() {
        rule = new PoolRule(Optional.empty(), 100, true, 1, false, false);
        var table = table(Verdict.UP, Verdict.UP);
        assertThat(table.render()).contains("web has 2 of 2 in rotation, minimum 2");
        assertThat(table.hinders()).isTrue();
    }

    @Test
    void aPoolThatGivesTheWayOutIsNotLeft() {
        outbound = Optional.of("rule lb-out makes source NAT");
        assertThat(table(Verdict.UP, Verdict.UP).render())
                .contains("probe ")
                .contains("rule lb-out makes source NAT");
        assertThat(table(Verdict.UP, Verdict.UP).hinders()).isFalse();

        rule = new PoolRule(Optional.of(Strategy.REMOVE), 1, false, 1, false, false);
        assertThat(table(Verdict.UP, Verdict.UP).hinders()).isTrue();
        rule = new PoolRule(Optional.of(Strategy.REMOVE), 1, false, 1, false, true);
        assertThat(table(Verdict.UP, Verdict.UP).hinders()).isFalse();
    }

    @Test
    void aVmInNoPoolAndANicThatCannotBeReadAreShown() {
        var lonely = new KnownVm(new VmId("a"), "lonely", "/vms/lonely", "/vms/lonely", List.of());
        var dark = new KnownVm(new VmId("b"), "dark", "/vms/dark", "/vms/dark", List.of());
        var reading =
                new LoadBalancer.Reading(
                        List.of(),
                        List.of(
                                new LoadBalancer.Unread(
                                        dark.id(), "/nics/dark-nic", false, "ARM answered 403")));
        var table = table(List.of(lonely, dark), reading);
        assertThat(table.render())
                .contains("it is in no pool: it is never drained")
                .contains("it cannot be read: ARM answered 403");
    }

    @Test
    void aPoolOfWhichNothingOnAzureSurvivesALostDatabaseIsNamedOnce() {
        traceless = Optional.of("ebb.azure.tags is false");
        var table = table(Verdict.UP, Verdict.UP, Verdict.UP);
        assertThat(table.hinders()).isFalse();
        assertThat(table.render())
                .endsWith(
                        "pool web: what is taken out is lost with the database"
                                + " (ebb.azure.tags is false)\n")
                .containsOnlyOnce("is lost with the database");
    }

    @Test
    void aPoolThatIsNeverLeftHasNothingToLose() {
        traceless = Optional.of("ebb.azure.tags is false");
        outbound = Optional.of("outbound rule snat uses it");
        assertThat(table(Verdict.UP, Verdict.UP).render())
                .contains("probe")
                .doesNotContain("is lost with the database");
    }

    @Test
    void whatIsRemarkedHindersNothingAndStandsAtTheEnd() {
        assertThat(table(Verdict.UP, Verdict.UP).render()).doesNotContain("acknowledge");
        approver.on();
        var table = table(Verdict.UP, Verdict.UP);
        assertThat(table.hinders()).isFalse();
        assertThat(table.render()).endsWith("(events/approve)\n");
    }

    /** Answers with one reading. */
    private record Read(Reading reading, Optional<String> why) implements LoadBalancer {
        @Override
        public Optional<String> traceless(Resource resource, Place place) {
            return why;
        }

        @Override
        public Reading read(Collection<KnownVm> vms) {
            return reading;
        }

        @Override
        public Set<String> listed(KnownPool pool) {
            return Set.of();
        }

        @Override
        public Resource apply(Resource resource, List<Change> changes, Patience patience) {
            throw new AssertionError("the check changes nothing");
        }

        @Override
        public Optional<String> byHand(MemberId member, String saved) {
            return Optional.empty();
        }
    }
}
