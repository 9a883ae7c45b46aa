package io.ebb.orchestrator.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebb.orchestrator.drain.MemberId;
import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.pool.CloudException;
import io.ebb.orchestrator.pool.LoadBalancer.Change;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NicEditTest {
    private final Nic original = kitchenSink();

    @Test
    void whatIsTakenOutInOneWriteComesBackInAnyOrder() {
        for (boolean tags : new boolean[] {true, false}) {
            for (var subset : subsets(original.memberships())) {
                for (var order : permutations(subset)) {
                    var out = NicEdit.of(original, leaves(subset), tags);
                    assertThat(out.memberships()).hasSize(4 - subset.size());

                    var now = out;
                    for (var one : order) {
                        now = NicEdit.of(now, joins(List.of(one)), tags);
                    }

                    assertThat(now.tree()).isEqualTo(original.tree());
                    assertThat(NicEdit.of(out, joins(order), tags).tree())
                            .isEqualTo(original.tree());
                }
            }
        }
    }

    @Test
    void whatIsTakenOutOneByOneAndLookedAtInBetweenComesBackInAnyOrder() {
        for (var leaving : permutations(original.memberships())) {
            for (var returning : permutations(leaving)) {
                var now = original;
                var saved = new ArrayList<Nic.Membership>();
                for (var one : leaving) {
                    var looked = sameMembership(now, one);
                    saved.add(looked);
                    now = NicEdit.of(now, leaves(List.of(looked)), true);
                }
                for (var one : returning) {
                    var same =
                            saved.stream().filter(s -> s.saved().pool().equals(one.saved().pool()));
                    now = NicEdit.of(now, joins(same.toList()), true);
                }
                assertThat(now.tree()).isEqualTo(original.tree());
            }
        }
    }

    @Test
    void theRemovalDiffersOnlyInMembershipAndTags() {
        var out = NicEdit.of(original, leaves(original.memberships().subList(0, 1)), true).tree();

        var tag = (ObjectNode) out.path("tags");
        assertThat(tag.propertyStream().map(e -> e.getKey() + "=" + e.getValue().asText()))
                .containsExactly(
                        "owner=me",
                        OutTag.name("ipconfig1", poolId("lb1", "web"))
                                + "={\"ipConfig\":\"ipconfig1\",\"index\":0,\"pool\":\"rg/lb1/web\"}");
        tag.retain("owner");
        var list = pools(out, 0);
        assertThat(list).hasSize(2);
        list.insert(0, pools(original.tree(), 0).get(0));
        assertThat(out).isEqualTo(original.tree());
    }

    @Test
    void anInterfaceWithoutTagsHasNoneAgainAfterwards() {
        for (var tags : new String[] {"absent", "empty"}) {
            original.tree().remove("tags");
            if (tags.equals("empty")) {
                original.tree().putObject("tags");
            }
            for (var order : permutations(original.memberships())) {
                var now = original;
                for (var one : order) {
                    now = NicEdit.of(now, leaves(List.of(one)), true);
                }
                assertThat(now.tree().path("tags")).hasSize(4);
                for (var one : order) {
                    now = NicEdit.of(now, joins(List.of(one)), true);
                }
                assertThat(now.tree()).isEqualTo(original.tree());
            }
        }
    }

    @Test
    void theTagsAloneTellWhatWasThere() {
        var out = NicEdit.of(original, leaves(original.memberships()), true);

        var joins =
                OutTag.of(out.tree()).stream()
                        .<Change>map(tag ->
                                new Change.Join(
                                        member(tag.pool(), tag.ipConfig()),
                                        new Saved(
                                                        tag.ipConfig(),
                                                        tag.index(),
                                                        Wire.JSON
                                                                .createObjectNode()
                                                                .put("id", tag.pool()),
                                                        List.of())
                                                .write()))
                        .toList();
        var back = NicEdit.of(out, joins, true).tree();

        // The tag has no room for more than the id.
        ((ObjectNode) pools(original.tree(), 0).get(1)).remove("note");
        assertThat(back).isEqualTo(original.tree());
    }

    @Test
    void aTagIsLeftOutWhereThereIsNoRoom() {
        var tags = original.tree().putObject("tags");
        IntStream.range(0, 49).forEach(i -> tags.put("t" + i, ""));

        var out = NicEdit.of(original, leaves(original.memberships()), true);

        assertThat(out.memberships()).isEmpty();
        assertThat(out.tree().path("tags")).hasSize(50);
        assertThat(NicEdit.of(out, joins(original.memberships()), true).tree())
                .isEqualTo(original.tree());
    }

    @Test
    void aTagIsLeftOutWhereItWouldBeTooLong() {
        var name = "p".repeat(220);
        ((ObjectNode) pools(original.tree(), 0).get(0)).put("id", poolId("lb1", name));

        var out = NicEdit.of(original, leaves(original.memberships().subList(0, 1)), true);

        assertThat(out.tree().path("tags")).hasSize(1);
    }

    @Test
    void nothingToDoIsNoWrite() {
        var all = original.memberships();
        var out = NicEdit.of(original, leaves(all), true);

        assertThat(NicEdit.of(original, joins(all), true)).isSameAs(original);
        assertThat(NicEdit.of(out, leaves(all), true)).isSameAs(out);
        assertThat(NicEdit.isMade(out, leaves(all))).isTrue();
        assertThat(NicEdit.isMade(out, joins(all))).isFalse();
    }

    @Test
    void whatOthersChangedMeanwhileStays() {
        var one = original.memberships().subList(1, 2);
        var out = NicEdit.of(original, leaves(one), true).copy();
        pools(out.tree(), 0)
                .insert(0, Wire.JSON.createObjectNode().put("id", poolId("lb1", "new")));
        out.tree().put("location", "northeurope");

        var back = NicEdit.of(out, joins(one), true);

        assertThat(back.memberships())
                .extracting(m -> new ArmId(m.saved().pool()).name())
                .containsExactly("new", "web", "Api", "db", "web6");
        assertThat(back.tree().path("location").asText()).isEqualTo("northeurope");
    }

    @Test
    void aLostIpConfigurationIsNamed() {
        var gone = new Saved("eth9", 0, pools(original.tree(), 0).get(0), List.of()).write();

        assertThatThrownBy(() ->
                        NicEdit.of(
                                original,
                                List.of(new Change.Join(member("/p", "eth9"), gone)),
                                true))
                .isInstanceOf(CloudException.Permanent.class)
                .hasMessage(
                        "putting web-0 back into pool web: nic1 has no IP configuration eth9 any"
                                + " more");
    }

    @Test
    void numbersKeepTheirDigits() {
        assertThat(new String(Wire.bytes(original.tree()), java.nio.charset.StandardCharsets.UTF_8))
                .contains("\"ratio\":1.500");
    }

    static Nic kitchenSink() {
        try (var in = NicEditTest.class.getResourceAsStream("kitchen-sink-nic.json")) {
            return new Nic((ObjectNode) Wire.JSON.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Nic.Membership sameMembership(Nic nic, Nic.Membership wanted) {
        return nic.memberships().stream()
                .filter(one -> one.saved().pool().equals(wanted.saved().pool()))
                .findFirst()
                .orElseThrow();
    }

    private static ArrayNode pools(ObjectNode nic, int config) {
        return (ArrayNode)
                nic.path("properties")
                        .path("ipConfigurations")
                        .path(config)
                        .path("properties")
                        .path("loadBalancerBackendAddressPools");
    }

    private static String poolId(String lb, String pool) {
        return "/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Network/loadBalancers/"
                + lb
                + "/backendAddressPools/"
                + pool;
    }

    private static MemberId member(String pool, String ipConfig) {
        return new MemberId(new VmId("v"), new PoolId(pool), "/nic1/ipConfigurations/" + ipConfig);
    }

    private static List<Change> leaves(List<Nic.Membership> members) {
        return members.stream()
                .<Change>map(m ->
                        new Change.Leave(member(m.saved().pool(), m.ipConfig()), m.saved().write()))
                .toList();
    }

    private static List<Change> joins(List<Nic.Membership> members) {
        return members.stream()
                .<Change>map(m ->
                        new Change.Join(member(m.saved().pool(), m.ipConfig()), m.saved().write()))
                .toList();
    }

    private static <T> List<List<T>> subsets(List<T> all) {
        return IntStream.range(1, 1 << all.size())
                .mapToObj(bits ->
                        IntStream.range(0, all.size())
                                .filter(i -> (bits >> i & 1) == 1)
                                .mapToObj(all::get)
                                .toList())
                .toList();
    }

    private static <T> List<List<T>> permutations(List<T> all) {
        if (all.isEmpty()) {
            return List.of(List.of());
        }
        var result = new ArrayList<List<T>>();
        for (var first : all) {
            var rest = new ArrayList<>(all);
            rest.remove(first);
            for (var tail : permutations(rest)) {
                var one = new ArrayList<T>();
                one.add(first);
                one.addAll(tail);
                result.add(one);
            }
        }
        return result;
    }
}
