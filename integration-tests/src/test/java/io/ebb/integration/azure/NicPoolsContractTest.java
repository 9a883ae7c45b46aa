package io.ebb.integration.azure;

import static io.ebb.integration.azure.Cloud.content;
import static io.ebb.integration.azure.Cloud.join;
import static io.ebb.integration.azure.Cloud.leave;
import static io.ebb.integration.azure.Cloud.poolsOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebb.orchestrator.pool.LoadBalancer.Change;
import io.ebb.orchestrator.pool.LoadBalancer.Claim;
import io.ebb.orchestrator.pool.LoadBalancer.Place;
import io.ebb.orchestrator.pool.LoadBalancer.Verdict;
import io.ebb.orchestrator.pool.Patience;
import io.ebb.simulator.arm.RuleHealth;
import io.ebb.simulator.control.Faults;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class NicPoolsContractTest {
    @TempDir private Path folder;
    private Cloud cloud;

    @BeforeEach
    void start() throws IOException {
        cloud = new Cloud(folder);
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void aReadingTellsWhereEachMemberStands() {
        cloud.verdicts.put(
                "web-1", new RuleHealth.Verdict(false, "Down_Probe_HttpStatusCodeError"));
        cloud.verdicts.put("web-2", new RuleHealth.Verdict(false, "NA"));

        var reading = cloud.pools.read(cloud.inventory.read().vms());

        assertThat(reading.unread()).isEmpty();
        assertThat(reading.resources())
                .extracting(one -> one.places().getFirst().verdict())
                .containsExactly(Verdict.UP, Verdict.DOWN, Verdict.NONE);
        var first = reading.resources().getFirst();
        assertThat(first.id()).isEqualTo(cloud.nic("web-0").path("id").asText());
        assertThat(first.etag()).isEqualTo(cloud.nic("web-0").path("etag").asText());
        assertThat(first.lane()).isEqualTo(cloud.vm("web-0").scopeUnit());
        assertThat(first.places())
                .singleElement()
                .satisfies(place -> {
                    assertThat(place.address()).isEqualTo("127.0.1.1");
                    assertThat(place.id().pool().name()).isEqualTo("web");
                    assertThat(place.id().place())
                            .isEqualToIgnoringCase(first.id() + "/ipConfigurations/ipconfig1");
                });
    }

    @Test
    void aVerdictIsAskedForAgainWhenItIsOld() {
        assertThat(verdict()).isEqualTo(Verdict.UP);
        cloud.verdicts.put("web-0", new RuleHealth.Verdict(false, "Down_Probe_TcpProbeTimeout"));

        cloud.clock.advance(Cloud.AGE.dividedBy(2));
        assertThat(verdict()).isEqualTo(Verdict.UP);
        assertThat(cloud.sent).hasSize(1);

        cloud.clock.advance(Cloud.AGE);
        assertThat(verdict()).isEqualTo(Verdict.DOWN);
        assertThat(cloud.sent).hasSize(2);
    }

    @Test
    void aVerdictFromBeforeAWriteIsForgotten() {
        var looked = cloud.look("web-0");
        var out =
                cloud.pools.apply(
                        looked,
                        leave(looked.places()),
                        new Patience(System::nanoTime, Duration.ofMinutes(1)));
        cloud.verdicts.put("web-0", new RuleHealth.Verdict(false, "Down_Probe_TcpProbeTimeout"));

        var back =
                cloud.pools.apply(
                        out,
                        join(looked.places()),
                        new Patience(System::nanoTime, Duration.ofMinutes(1)));

        assertThat(back.places()).extracting(Place::verdict).containsExactly(Verdict.NONE);
        assertThat(verdict()).isEqualTo(Verdict.DOWN);
    }

    private Verdict verdict() {
        return cloud.look("web-0").places().getFirst().verdict();
    }

    @Test
    void aFailingVerdictDoesNotFailTheReading() {
        cloud.faults.refuse(
                new Faults.Refusal("POST", "health", 500, "InternalServerError", Optional.empty()),
                99);

        assertThat(cloud.look("web-0").places())
                .extracting(Place::verdict)
                .containsExactly(Verdict.NONE);
    }

    @Test
    void theLastVerdictStandsForAWhileWhenNoNewOneComes() {
        cloud.verdicts.put("web-0", new RuleHealth.Verdict(false, "Down_Probe_TcpProbeTimeout"));
        assertThat(verdict()).isEqualTo(Verdict.DOWN);
        cloud.faults.refuse(
                new Faults.Refusal("POST", "health", 500, "InternalServerError", Optional.empty()),
                99);

        cloud.clock.advance(Duration.ofSeconds(15));
        assertThat(verdict()).isEqualTo(Verdict.DOWN);

        cloud.clock.advance(Duration.ofSeconds(45));
        assertThat(verdict()).isEqualTo(Verdict.WAS_DOWN);

        cloud.clock.advance(Duration.ofMinutes(1));
        assertThat(verdict()).isEqualTo(Verdict.NONE);
    }

    @Test
    void anInterfaceThatIsGoneIsToldApartFromOneThatCannotBeRead() {
        cloud.inventory.read();
        cloud.faults.refuse(
                new Faults.Refusal("GET", "web-0-nic", 404, "ResourceNotFound", Optional.empty()),
                1);
        cloud.faults.refuse(
                new Faults.Refusal(
                        "GET", "web-1-nic", 403, "AuthorizationFailed", Optional.empty()),
                1);

        var reading = cloud.pools.read(cloud.inventory.read().vms());

        assertThat(reading.resources()).hasSize(1);
        assertThat(reading.unread())
                .hasSize(2)
                .satisfiesExactly(
                        first -> assertThat(first.gone()).isTrue(),
                        second -> {
                            assertThat(second.gone()).isFalse();
                            assertThat(second.why())
                                    .startsWith(
                                            "reading web-1-nic of web-1: ARM answered 403"
                                                    + " AuthorizationFailed");
                        });
    }

    @Test
    void theEarlySucceededIsNotBelieved() {
        var out =
                cloud.pools.apply(
                        cloud.look("web-0"),
                        leave(cloud.look("web-0").places()),
                        new Patience(System::nanoTime, Duration.ofMinutes(1)));

        // A GET shows the goal at once; only the data plane knows when it took effect.
        assertThat(cloud.inEffect("web-0")).isFalse();
        assertThat(out.places()).isEmpty();
        assertThat(out.etag()).isEqualTo(cloud.nic("web-0").path("etag").asText());
    }

    @Test
    void whatIsTakenOutComesBackAsItWas() {
        var original = kitchenSink();
        var looked = cloud.look("web-0");
        assertThat(looked.places()).hasSize(4);

        for (var some :
                List.of(
                        looked.places(),
                        looked.places().subList(1, 2),
                        looked.places().subList(0, 3))) {
            var before = cloud.look("web-0");
            var out =
                    cloud.pools.apply(
                            before,
                            leave(some),
                            new Patience(System::nanoTime, Duration.ofMinutes(1)));
            assertThat(out.places()).hasSize(4 - some.size());
            assertThat(cloud.sent.getLast().ifMatch()).contains(before.etag());

            var back =
                    cloud.pools.apply(
                            out, join(some), new Patience(System::nanoTime, Duration.ofMinutes(1)));

            assertThat(back.places()).hasSize(4);
            assertThat(content(cloud.nic("web-0"))).isEqualTo(content(original));
            assertThat(cloud.sent.getLast().ifMatch()).contains(out.etag());
        }
    }

    @Test
    void theRemovalsBodyDiffersOnlyInMembershipAndEbbsTags() {
        var original = kitchenSink();
        var looked = cloud.look("web-0");

        cloud.pools.apply(
                looked,
                leave(looked.places().subList(0, 1)),
                new Patience(System::nanoTime, Duration.ofMinutes(1)));

        var body = cloud.puts().getFirst().deepCopy();
        poolsOf(body, 0).insert(0, poolsOf(original, 0).get(0));
        var tags = (ObjectNode) body.path("tags");
        assertThat(tags.propertyStream().filter(tag -> tag.getKey().startsWith("ebb-out-")))
                .singleElement()
                .satisfies(tag ->
                        assertThat(Cloud.parse(tag.getValue().asText()))
                                .isEqualTo(
                                        Cloud.parse(
                                                """
                                                {"ipConfig":"ipconfig1","index":0,"pool":"rg/lb/web"}
                                                """)));
        tags.retain("owner");
        assertThat(body).isEqualTo(original);
    }

    @Test
    void twoAreTakenOutOneAfterTheOtherAndComeBackInTheSameOrder() {
        var original = kitchenSink();
        var first = cloud.look("web-0");
        var second =
                cloud.pools.apply(
                        first,
                        leave(first.places().subList(0, 1)),
                        new Patience(System::nanoTime, Duration.ofMinutes(1)));
        var third =
                cloud.pools.apply(
                        second,
                        leave(second.places().subList(0, 1)),
                        new Patience(System::nanoTime, Duration.ofMinutes(1)));

        var fourth =
                cloud.pools.apply(
                        third,
                        join(first.places().subList(0, 1)),
                        new Patience(System::nanoTime, Duration.ofMinutes(1)));
        cloud.pools.apply(
                fourth,
                join(second.places().subList(0, 1)),
                new Patience(System::nanoTime, Duration.ofMinutes(1)));

        assertThat(content(cloud.nic("web-0"))).isEqualTo(content(original));
    }

    @Test
    void theInterfaceItselfClaimsWhatWasTakenOutUntilItIsBack() {
        var original = kitchenSink();
        var looked = cloud.look("web-0");
        assertThat(looked.claims()).isEmpty();
        cloud.pools.apply(looked, leave(looked.places()), patience());

        var out = cloud.look("web-0");

        assertThat(out.places()).isEmpty();
        assertThat(out.claims())
                .extracting(claim -> ((Claim.Out) claim).member())
                .containsExactlyInAnyOrderElementsOf(
                        looked.places().stream().map(Place::id).toList());
        var joins =
                out.claims().stream()
                        .map(Claim.Out.class::cast)
                        .<Change>map(claim -> new Change.Join(claim.member(), claim.saved()))
                        .toList();
        var back = cloud.pools.apply(out, joins, patience());
        assertThat(back.claims()).isEmpty();
        assertThat(content(cloud.nic("web-0"))).isEqualTo(content(original));
    }

    @Test
    void theInterfaceOfAVmThatIsInNoPoolAnyMoreIsStillReadAndItsPoolStillKnown() {
        var looked = cloud.look("web-0");
        for (var vm : List.of("web-0", "web-1", "web-2")) {
            var one = cloud.look(vm);
            cloud.pools.apply(one, leave(one.places()), patience());
        }
        var fleet = cloud.inventory.read();

        assertThat(fleet.pools()).extracting(pool -> pool.id().name()).containsExactly("web");
        assertThat(cloud.pools.read(fleet.vms()).resources())
                .hasSize(3)
                .allSatisfy(one -> assertThat(one.claims()).hasSize(1));
        assertThat(((Claim.Out) cloud.look("web-0").claims().getFirst()).saved())
                .isEqualTo(looked.places().getFirst().saved());
    }

    @Test
    void whatWouldLeaveNoTraceIsSaidBeforehand() throws IOException {
        var looked = cloud.look("web-0");
        assertThat(cloud.pools.traceless(looked, looked.places().getFirst())).isEmpty();
        var nic = cloud.nic("web-0");
        var tags = nic.putObject("tags");
        for (var i = 0; i < 50; i++) {
            tags.put("t" + i, "");
        }
        cloud.resources.replace(nic);
        var full = cloud.look("web-0");
        assertThat(cloud.pools.traceless(full, full.places().getFirst()))
                .contains("web-0-nic: 50 tags already");
        try (var untagged = new Cloud(folder, "", "", false)) {
            var one = untagged.look("web-0");
            assertThat(untagged.pools.traceless(one, one.places().getFirst()))
                    .contains("ebb.azure.tags is false");
        }
    }

    private static Patience patience() {
        return new Patience(System::nanoTime, Duration.ofMinutes(1));
    }

    @Test
    void whatIsDoneAlreadyIsNoWrite() {
        var looked = cloud.look("web-0");

        assertThat(
                        cloud.pools.apply(
                                looked,
                                join(looked.places()),
                                new Patience(System::nanoTime, Duration.ofMinutes(1))))
                .isEqualTo(looked);

        assertThat(cloud.puts()).isEmpty();
    }

    @Test
    void tagsAreASetting() throws IOException {
        try (var untagged = new Cloud(folder, "", "", false)) {
            var looked = untagged.look("web-0");
            untagged.pools.apply(
                    looked,
                    leave(looked.places()),
                    new Patience(System::nanoTime, Duration.ofMinutes(1)));

            assertThat(untagged.puts().getFirst().path("tags")).isEmpty();
        }
    }

    /** Gives web-0 several configurations and pools, and what no SDK knows. */
    private JsonNode kitchenSink() {
        var lb = cloud.tree(cloud.network("loadBalancers/lb"));
        for (var name : List.of("api", "db", "web6")) {
            lb.withObjectProperty("properties")
                    .withArrayProperty("backendAddressPools")
                    .addObject()
                    .put("name", name)
                    .put("id", cloud.network("loadBalancers/lb/backendAddressPools/" + name))
                    .putObject("properties");
        }
        cloud.resources.replace(lb);
        var nic = cloud.nic("web-0");
        nic.putObject("tags").put("owner", "me");
        nic.putObject("fieldOfTomorrow").put("depth", 3).putArray("list").add(2).add(1);
        var configs = nic.withObjectProperty("properties").withArrayProperty("ipConfigurations");
        var first = (ObjectNode) configs.get(0).path("properties");
        add(first, "api");
        add(first, "db");
        first.putArray("loadBalancerInboundNatRules")
                .addObject()
                .put("id", cloud.network("loadBalancers/lb/inboundNatRules/ssh"));
        first.putArray("applicationGatewayBackendAddressPools")
                .addObject()
                .put("id", cloud.network("applicationGateways/gw/backendAddressPools/p"));
        first.put("unknownHere", true);
        var v6 = configs.addObject().put("name", "ipconfig-v6");
        v6.put("id", nic.path("id").asText() + "/ipConfigurations/ipconfig-v6");
        v6.put("type", "Microsoft.Network/networkInterfaces/ipConfigurations");
        var inner = v6.putObject("properties");
        inner.put("privateIPAddress", "fd00::4").put("privateIPAddressVersion", "IPv6");
        inner.put("primary", false);
        add(inner, "web6");
        cloud.resources.replace(nic);
        cloud.inventory.read();
        return cloud.nic("web-0");
    }

    private void add(ObjectNode ipConfig, String pool) {
        ipConfig.withArrayProperty("loadBalancerBackendAddressPools")
                .addObject()
                .put("id", cloud.network("loadBalancers/lb/backendAddressPools/" + pool));
    }
}
