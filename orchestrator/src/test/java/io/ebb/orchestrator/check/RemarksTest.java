package io.ebb.orchestrator.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.drain.MemberId;
import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.pool.FakeApprover;
import io.ebb.orchestrator.pool.Inventory;
import io.ebb.orchestrator.pool.Inventory.KnownPool;
import io.ebb.orchestrator.pool.LoadBalancer.Place;
import io.ebb.orchestrator.pool.LoadBalancer.Reading;
import io.ebb.orchestrator.pool.LoadBalancer.Resource;
import io.ebb.orchestrator.pool.LoadBalancer.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class RemarksTest {
    private static final KnownPool WEB = pool("web", false, 8080);
    private static final KnownPool DNS = pool("dns", true);
    private static final KnownPool ALL = pool("all", false, Inventory.EVERY_PORT, 8080);

    private final FakeApprover approver = new FakeApprover();

    private static KnownPool pool(String name, boolean udpOnly, Integer... ports) {
        var id = new PoolId("/lb/backendAddressPools/" + name);
        return new KnownPool(
                id, id.value(), List.of(ports), udpOnly, List.of(), false, Optional.empty());
    }

    /** Two VMs that are members of these pools. */
    private static Reading members(KnownPool... pools) {
        return new Reading(
                Stream.of("web-0", "web-1").map(vm -> member(vm, pools)).toList(), List.of());
    }

    private static Resource member(String vm, KnownPool... pools) {
        var id = new VmId(vm);
        var places =
                Stream.of(pools)
                        .map(pool -> new MemberId(id, pool.id(), "/nics/" + vm))
                        .map(member -> new Place(member, Verdict.UP, "saved", "10.0.0.4"))
                        .toList();
        return new Resource("/nics/" + vm, id, "lane", "etag", "guid", places, "document");
    }

    private List<String> remarks(Reading reading) {
        return Remarks.of(reading, List.of(WEB, DNS, ALL), approver);
    }

    @Test
    void nothingIsSaidOfAPoolWhosePortsAreCounted() {
        assertThat(remarks(members(WEB))).isEmpty();
    }

    @Test
    void aPoolOfUdpAloneIsDrainedByTimeAndThatIsAssumed() {
        assertThat(remarks(members(WEB, DNS)))
                .singleElement()
                .asString()
                .startsWith("pool dns: its rules carry UDP only")
                .endsWith("is taken for drained after ebb.policy.quiet (ASSUMED_UDP)");
    }

    @Test
    void aPoolOfEveryPortIsCountedOnWhateverListens() {
        assertThat(remarks(members(ALL)))
                .singleElement()
                .asString()
                .startsWith("pool all: a rule balances every port")
                .endsWith("but its agent's exclude-ports");
    }

    @Test
    void poolsAreNamedInOrderAndThoseWithoutMembersAreNot() {
        assertThat(remarks(members(DNS, ALL))).hasSize(2).isSortedAccordingTo(String::compareTo);
        assertThat(remarks(members())).isEmpty();
    }

    @Test
    void aRightThatIsNotCheckedIsNamedWhereItIsNeeded() {
        approver.on();
        assertThat(remarks(members(WEB)))
                .containsExactly(
                        "ebb.azure.acknowledge is true: whether its right was granted is not"
                                + " checked (events/approve)");
    }
}
