package io.ebb.orchestrator.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.ledger.Ledger.Intent;
import io.ebb.orchestrator.ledger.MemoryLedger;
import io.ebb.orchestrator.pool.FakeCloud;
import io.ebb.orchestrator.pool.Inventory;
import io.ebb.orchestrator.pool.LoadBalancer.Change;
import io.ebb.orchestrator.pool.Patience;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class RecoveryTest {
    private static final VmId WEB1 = new VmId("vm-1");

    private final FakeCloud cloud = FakeCloud.of(3);
    private Instant now = Instant.parse("2026-11-27T08:00:00Z");
    private final MemoryLedger ledger = new MemoryLedger(() -> now);

    private Findings recover() {
        return recover(cloud);
    }

    private Findings recover(Inventory inventory) {
        return new Recovery(inventory, cloud, ledger).run();
    }

    private void takeOut(VmId vm) {
        var looked =
                cloud.read(cloud.read().vms().stream().filter(v -> v.id().equals(vm)).toList())
                        .resources()
                        .getFirst();
        var place = looked.places().getFirst();
        cloud.apply(
                looked,
                List.of(new Change.Leave(place.id(), place.saved())),
                new Patience(System::nanoTime, Duration.ofMinutes(1)));
    }

    @Test
    void whatATagTellsOfIsWrittenIntoTheLedgerAsReturning() {
        takeOut(WEB1);
        var findings = recover();
        assertThat(findings.asks()).isFalse();
        assertThat(findings.render())
                .isEqualTo(
                        """
                        VM     NIC   TAG  POOL  DONE
                        web-1  vm-1  tag  web   added: it goes back once its VM is healthy
                        """);
        assertThat(ledger.open().taken())
                .containsExactly(
                        new Ledger.TakenMember(
                                FakeCloud.member(WEB1),
                                "/nic/vm-1",
                                "guid-vm-1",
                                "saved vm-1",
                                "REMOVE",
                                Intent.RECALL,
                                now));
        assertThat(ledger.timelineAfter(0, 10))
                .containsExactly(
                        new Ledger.Entry(
                                1,
                                now,
                                Optional.empty(),
                                Optional.of(WEB1),
                                "Recovered",
                                "recover",
                                "out of pool web by tag tag of vm-1: written into the ledger"));
    }

    @Test
    void aSecondRunChangesNothing() {
        takeOut(WEB1);
        recover();
        var before = ledger.open();
        now = now.plusSeconds(60);
        var findings = recover();
        assertThat(findings.asks()).isFalse();
        assertThat(findings.render()).contains("left alone: the ledger knows of it");
        assertThat(ledger.open()).isEqualTo(before);
        assertThat(ledger.timelineAfter(0, 10)).hasSize(1);
    }

    @Test
    void aMemberThatIsBackAlreadyIsLeftAlone() {
        takeOut(WEB1);
        cloud.meddle(WEB1, true);
        var findings = recover();
        assertThat(findings.asks()).isFalse();
        assertThat(findings.render()).contains("left alone: it is in pool web again");
        assertThat(ledger.open().taken()).isEmpty();
    }

    @Test
    void aTagThatIsNotReadableIsNamedAndTheOthersAreRecovered() {
        var web2 = new VmId("vm-2");
        takeOut(WEB1);
        takeOut(web2);
        cloud.smudge(WEB1);
        var findings = recover();
        assertThat(findings.asks()).isTrue();
        assertThat(findings.render())
                .contains("web-1  vm-1  tag  -     LEFT ALONE: somebody edited it");
        assertThat(ledger.open().taken())
                .singleElement()
                .satisfies(row -> assertThat(row.id().vm()).isEqualTo(web2));
    }

    @Test
    void aPoolThatDoesNotExistAnyMoreIsNamed() {
        takeOut(WEB1);
        var findings = recover(() -> new Inventory.Fleet(cloud.read().vms(), List.of()));
        assertThat(findings.asks()).isTrue();
        assertThat(findings.render())
                .contains("LEFT ALONE: pool /lb/backendaddresspools/web does not exist any more");
        assertThat(ledger.open().taken()).isEmpty();
    }

    @Test
    void withoutAnyTagItSaysHowManyInterfacesWereRead() {
        assertThat(recover().render())
                .isEqualTo("3 network interfaces read: none carries a tag of Ebb's\n");
    }

    @Test
    void itRefusesWhileAnOrchestratorHoldsTheLease() {
        takeOut(WEB1);
        ledger.lease("orchestrator", Duration.ofSeconds(10));
        assertThatThrownBy(this::recover)
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("an orchestrator is running and holds the ledger's lease");
        assertThat(ledger.open().taken()).isEmpty();
    }

    @Test
    void itRefusesWhenAnOrchestratorRanWhileAzureWasBeingRead() {
        takeOut(WEB1);
        Inventory slow =
                () -> {
                    now = now.plus(Duration.ofHours(1));
                    ledger.release(
                            ledger.lease("orchestrator", Duration.ofSeconds(10)).orElseThrow());
                    return cloud.read();
                };
        assertThatThrownBy(() -> recover(slow))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("an orchestrator ran while Azure was being read");
        assertThat(ledger.open().taken()).isEmpty();
    }

    @Test
    void aReadingThatOutlivesTheLeaseIsGoodWhenNobodyElseHadIt() {
        takeOut(WEB1);
        recover(() -> {
            now = now.plus(Duration.ofHours(1));
            return cloud.read();
        });
        assertThat(ledger.open().taken()).hasSize(1);
    }

    @Test
    void theLeaseIsGivenBack() {
        recover();
        assertThat(ledger.lease("orchestrator", Duration.ofSeconds(10))).isPresent();
    }
}
