package io.ebb.integration.scenario;

import static io.ebb.integration.scenario.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ebb.demo.fleet.Fleet;
import io.ebb.demo.fleet.Orchestrator;
import io.ebb.demo.fleet.Pace;
import io.ebb.demo.fleet.Simulator;
import io.ebb.demo.fleet.Site;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code docs/recovery.md} says: the database is lost while a VM is out. */
@Timeout(240)
class LostLedgerTest {
    private static final String VICTIM = "web-1";
    private static final String NIC = "web-1-nic";
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration IMPACT = Duration.ofSeconds(1);

    private final Grounds grounds = Grounds.take("lost-ledger");
    private Fleet fleet;
    private Simulator simulator;
    private Orchestrator orchestrator;
    private JsonNode before;

    @BeforeEach
    @Timeout(150)
    void start() {
        fleet = Fleet.start(grounds.house(), grounds.children(), grounds.site(), true, Pace.QUICK);
        simulator = fleet.simulator();
        orchestrator = fleet.orchestrator();
        before = nic();
    }

    @AfterEach
    void stop() {
        grounds.close();
    }

    @Test
    void aVmThatIsOutWhenTheDatabaseIsLostIsRecoveredFromItsTagAndComesBackExactlyAsItWas() {
        var refused = orchestrator.recover("--from-azure");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.output()).contains("cannot recover: an orchestrator is running");
        var event = takeOut();
        orchestrator.kill();
        orchestrator.loseLedger();
        simulator.cancel(event);

        var recovered = orchestrator.recover("--from-azure");

        assertThat(recovered.output())
                .contains("VM     NIC        TAG")
                .contains("web-1  web-1-nic  " + nic().path("tags").fieldNames().next())
                .contains("added: it goes back once its VM is healthy");
        assertThat(recovered.status()).isZero();
        var again = orchestrator.recover("--from-azure");
        assertThat(again.output()).contains("left alone: the ledger knows of it");
        assertThat(again.status()).isZero();

        startAnew();

        comesBackExactly();
        var drain = orchestrator.api().drains().getFirst();
        assertThat(drain.path("vm").asText()).isEqualTo(VICTIM);
        assertThat(drain.path("outcome").asText()).isEqualTo("back in rotation");
    }

    @Test
    void anOrchestratorThatStartsWithAnEmptyDatabaseFindsWhatIsOutByItself() {
        var event = takeOut();
        orchestrator.kill();
        orchestrator.loseLedger();
        simulator.cancel(event);

        startAnew();

        soon(
                "it is found",
                () -> orchestrator.printed().contains("web-1 is out of pool web by Ebb's own tag"));
        comesBackExactly();
    }

    @Test
    void aTagThatSomebodyEditedIsNamedAndTheExitStatusSaysSo() {
        takeOut();
        orchestrator.kill();
        orchestrator.loseLedger();
        var tag = nic().path("tags").fieldNames().next();
        soon("the tag is edited", () -> edit(tag));

        var recovered = orchestrator.recover("--from-azure");

        assertThat(recovered.status()).isEqualTo(1);
        assertThat(recovered.output())
                .contains("web-1  web-1-nic  " + tag)
                .contains("LEFT ALONE: its value is not one of Ebb's: edited");
        var usage = orchestrator.recover();
        assertThat(usage.status()).isEqualTo(2);
        assertThat(usage.output()).contains("recover from what?").contains("--from-azure");
    }

    /** web-1 is out for an event, and gives the event's id. */
    private String takeOut() {
        var event = simulator.announce("Reboot", VICTIM, LONG, IMPACT);
        soon("it is out and tagged", () -> !nic().path("tags").isEmpty());
        assertThat(nic()).isNotEqualTo(before);
        return event;
    }

    /** Azure refuses while the removal is under way. */
    private boolean edit(String tag) {
        try (var az = grounds.az(simulator)) {
            return az.tag("rg", NIC, tag, "edited");
        }
    }

    /** What ARM shows of web-1's interface, without what changes with every write. */
    private JsonNode nic() {
        try (var az = grounds.az(simulator)) {
            return az.content("rg", NIC);
        }
    }

    /** Started with an empty database, it knows no agent's token any more. */
    private void startAnew() {
        orchestrator.startAgain();
        orchestrator.awaitReady();
        var joins = orchestrator.enroll(Site.VMS);
        for (var i = 0; i < joins.size(); i++) {
            fleet.install(
                    grounds.house(), grounds.site(), Site.VMS.get(i), joins.get(i), List.of());
        }
    }

    private void comesBackExactly() {
        soon("it is in rotation", () -> simulator.inRotation(VICTIM));
        assertThat(nic()).isEqualTo(before);
        soon(
                "its drain is closed",
                () ->
                        orchestrator.api().drains().stream()
                                .allMatch(drain -> !drain.path("outcome").asText().isEmpty()));
        soon(
                "every VM is left alone",
                () ->
                        orchestrator.api().vms().stream()
                                .allMatch(vm -> vm.path("state").asText().equals("Untouched")));
    }
}
