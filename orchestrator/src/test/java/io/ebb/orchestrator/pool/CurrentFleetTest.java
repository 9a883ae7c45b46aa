package io.ebb.orchestrator.pool;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.pool.Inventory.KnownVm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(10)
class CurrentFleetTest {
    private static final String SET = "/as/web";

    private final Logger logger = (Logger) LoggerFactory.getLogger(CurrentFleet.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<KnownVm> vms = new ArrayList<>();
    private final CurrentFleet fleet = new CurrentFleet(() -> new Inventory.Fleet(vms, List.of()));

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    private static KnownVm vm(String name, int domain, Optional<Boolean> running) {
        return new KnownVm(
                new VmId(name),
                name,
                "/vms/" + name,
                SET,
                List.of("/nics/" + name),
                Optional.of(SET + "/" + domain),
                running);
    }

    @Test
    void aVmThatGoesDownAndComesUpIsNoNewsOfTheInventoryButIsKnown() {
        for (var running :
                List.of(Optional.of(true), Optional.of(false), Optional.<Boolean>empty())) {
            vms.clear();
            vms.add(vm("web-0", 0, running));
            fleet.refresh();
            assertThat(fleet.get().orElseThrow().vms().getFirst().running()).isEqualTo(running);
        }

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("the inventory has 1 VMs and 0 pools");
    }

    @Test
    void anotherVmOrAnotherDomainIsNews() {
        vms.add(vm("web-0", 0, Optional.of(true)));
        fleet.refresh();
        vms.add(vm("web-1", 1, Optional.of(true)));
        fleet.refresh();
        vms.set(1, vm("web-1", 2, Optional.of(true)));
        fleet.refresh();

        assertThat(log.list).hasSize(3);
    }
}
