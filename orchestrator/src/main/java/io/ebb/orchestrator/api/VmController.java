package io.ebb.orchestrator.api;

import io.ebb.orchestrator.control.Latest;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.identity.Roles;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.ledger.Ledger.Heard;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;

/** The VMs: those of the inventory, and those whose agents only were heard. */
@Controller("/v1/vms")
@Secured(Roles.READER)
@ExecuteOn(TaskExecutors.BLOCKING)
final class VmController {
    private final Ledger ledger;
    private final Latest latest;

    VmController(Ledger ledger, Latest latest) {
        this.ledger = ledger;
        this.latest = latest;
    }

    /** All of them. */
    @Get
    Page<VmView> vms() {
        var heard = new LinkedHashMap<VmId, Heard>();
        ledger.agents().forEach(agent -> heard.put(agent.vm(), agent));
        var vms = new ArrayList<VmView>();
        var view = latest.view();
        view.ifPresent(seen -> {
            for (var vm : seen.fleet().vms()) {
                vms.add(VmView.of(vm, seen, Optional.ofNullable(heard.remove(vm.id()))));
            }
        });
        heard.values().forEach(agent -> vms.add(VmView.stranger(agent, view.isPresent())));
        return new Page<>(vms);
    }
}
