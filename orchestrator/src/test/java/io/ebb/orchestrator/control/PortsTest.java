package io.ebb.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.control.Ports.Countable;
import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.pool.Inventory;
import io.ebb.orchestrator.pool.Inventory.KnownPool;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What there is to count of a VM in several pools. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class PortsTest {
    private static final KnownPool WEB = pool("web", false, 8443, 8080);
    private static final KnownPool ALL = pool("all", false, Inventory.EVERY_PORT);
    private static final KnownPool DNS = pool("dns", true);
    private static final KnownPool RULELESS = pool("outbound", false);

    private static KnownPool pool(String name, boolean udpOnly, Integer... ports) {
        var id = new PoolId("/lb/backendAddressPools/" + name);
        return new KnownPool(
                id, id.value(), List.of(ports), udpOnly, List.of(), false, Optional.empty());
    }

    private static Countable of(KnownPool... pools) {
        var fleet = new Inventory.Fleet(List.of(), List.of(WEB, ALL, DNS, RULELESS));
        Set<PoolId> ids = Arrays.stream(pools).map(KnownPool::id).collect(Collectors.toSet());
        return Ports.countable(fleet, ids);
    }

    @Test
    void everyPortStandsFirstAndBesideThoseThatAreNamed() {
        assertThat(of(ALL)).isEqualTo(new Countable(List.of(0), false));
        assertThat(of(WEB, ALL)).isEqualTo(new Countable(List.of(0, 8080, 8443), false));
    }

    @Test
    void whereSomePoolCarriesTcpItIsCountedWhateverTheOthersCarry() {
        assertThat(of(DNS, WEB)).isEqualTo(new Countable(List.of(8080, 8443), false));
    }

    @Test
    void nothingCanBeCountedWhereRulesCarryUdpOnly() {
        assertThat(of(DNS)).isEqualTo(new Countable(List.of(), true));
        assertThat(of(DNS, RULELESS)).isEqualTo(new Countable(List.of(), true));
    }

    @Test
    void aPoolWithoutRulesIsNotOneOfUdp() {
        assertThat(of(RULELESS)).isEqualTo(new Countable(List.of(), false));
    }
}
