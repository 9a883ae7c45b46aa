package io.ebb.orchestrator.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.pool.LoadBalancer.Change;
import io.ebb.orchestrator.pool.LoadBalancer.Claim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a network interface itself tells of what Ebb took out of it. */
@Timeout(60)
class ClaimsTest {
    private static final VmId VM = new VmId("v");
    private static final long SEED = 20261127;

    private final Nic original = NicEditTest.kitchenSink();

    /** A tag has no room for more than the pool's id. */
    @BeforeEach
    void plainEntries() {
        ((ObjectNode) pools(original).get(1)).remove("note");
    }

    @Test
    void theTagsTellTheStateAsTheLedgerWouldHaveIt() {
        var out = takeOut(original, original.memberships());

        var claims = Claims.of(out, VM);

        assertThat(claims).hasSize(4).allMatch(Claim.Out.class::isInstance);
        assertThat(claims.stream().map(Claim.Out.class::cast).map(Claim.Out::saved))
                .containsExactlyInAnyOrderElementsOf(
                        original.memberships().stream().map(one -> one.saved().write()).toList());
    }

    @Test
    void whateverWasTakenOutInWhateverOrderComesBackByTheTagsAlone() {
        var random = new Random(SEED);
        for (var round = 0; round < 500; round++) {
            var leaving = new ArrayList<>(original.memberships());
            Collections.shuffle(leaving, random);
            var now = original;
            for (var one : leaving.subList(0, 1 + random.nextInt(leaving.size()))) {
                now = takeOut(now, List.of(one));
            }
            while (!claimed(now).isEmpty()) {
                var joins = new ArrayList<>(claimed(now));
                Collections.shuffle(joins, random);
                now = NicEdit.of(now, joins.subList(0, 1 + random.nextInt(joins.size())), true);
            }
            assertThat(now.tree()).as("seed %d, round %d", SEED, round).isEqualTo(original.tree());
        }
    }

    @Test
    void aMembershipThatIsBackIsNotClaimed() {
        var out = takeOut(original, original.memberships().subList(0, 1));
        pools(out).insert(0, pools(original).get(0).deepCopy());

        assertThat(Claims.of(out, VM))
                .singleElement()
                .isInstanceOfSatisfying(
                        Claim.Back.class,
                        back -> assertThat(back.member().pool().name()).isEqualTo("web"));
    }

    @Test
    void theTagOfAMembershipThatIsBackIsDroppedByJoiningAgain() {
        var first = original.memberships().subList(0, 1);
        var out = takeOut(original, first);
        pools(out).insert(0, pools(original).get(0).deepCopy());
        var member = Claims.member(out, VM, first.getFirst().saved().pool(), "ipconfig1");

        var join = new Change.Join(member, first.getFirst().saved().write());

        assertThat(NicEdit.of(out, List.of(join), true).tree()).isEqualTo(original.tree());
    }

    @Test
    void aTagThatSomebodyEditedIsNamedWithWhatItSays() {
        for (var value :
                new String[] {
                    "",
                    "not JSON",
                    "{}",
                    "{\"ipConfig\":\"ipconfig1\",\"pool\":\"rg/lb1/web\"}",
                    "{\"ipConfig\":\"ipconfig1\",\"index\":\"0\",\"pool\":\"rg/lb1/web\"}",
                    "{\"ipConfig\":1,\"index\":0,\"pool\":\"rg/lb1/web\"}"
                }) {
            original.tree().withObjectProperty("tags").put("ebb-out-12345678", value);

            assertThat(Claims.of(original, VM))
                    .as(value)
                    .containsExactly(
                            new Claim.Unreadable(
                                    "ebb-out-12345678", "its value is not one of Ebb's: " + value));
        }
    }

    @Test
    void anIpConfigurationThatIsGoneIsNamed() {
        var pool =
                "/subscriptions/s1/resourceGroups/a/providers/Microsoft.Network/loadBalancers/b/backendAddressPools/c";
        var tag = new OutTag("eth9", 0, pool, false);
        original.tree()
                .withObjectProperty("tags")
                .put(tag.name(), tag.value(original.id()).orElseThrow());

        assertThat(Claims.of(original, VM))
                .containsExactly(
                        new Claim.Unreadable(
                                tag.name(), "nic1 has no IP configuration eth9 any more"));
    }

    @Test
    void tagsOfOthersSayNothing() {
        assertThat(original.tree().path("tags")).isNotEmpty();
        assertThat(Claims.of(original, VM)).isEmpty();
    }

    private static Nic takeOut(Nic nic, List<Nic.Membership> members) {
        var pools = members.stream().map(one -> one.saved().pool()).toList();
        return NicEdit.of(
                nic,
                nic.memberships().stream()
                        .filter(one -> pools.contains(one.saved().pool()))
                        .<Change>map(one ->
                                new Change.Leave(
                                        Claims.member(nic, VM, one.saved().pool(), one.ipConfig()),
                                        one.saved().write()))
                        .toList(),
                true);
    }

    private static List<Change> claimed(Nic nic) {
        return Claims.of(nic, VM).stream()
                .map(Claim.Out.class::cast)
                .<Change>map(out -> new Change.Join(out.member(), out.saved()))
                .toList();
    }

    private static ArrayNode pools(Nic nic) {
        return (ArrayNode)
                nic.tree()
                        .at(
                                "/properties/ipConfigurations/0/properties/loadBalancerBackendAddressPools");
    }
}
