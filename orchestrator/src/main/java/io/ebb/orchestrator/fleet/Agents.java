package io.ebb.orchestrator.fleet;

import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.pool.Inventory;
import io.ebb.protocol.MalformedException;
import io.ebb.protocol.Report;
import io.ebb.protocol.ReportJson;
import io.ebb.protocol.ScheduledEvent;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agents' latest reports, from the ledger, so that any replica may have received them. */
@Singleton
public final class Agents {
    private static final Logger LOG = LoggerFactory.getLogger(Agents.class);

    private final Ledger ledger;

    /** Reports already read, so that an unchanged row is not parsed in each turn. */
    private final Map<VmId, Parsed> parsed = new ConcurrentHashMap<>();

    /** The last that was read: the VMs of one scope show, and report, the same document. */
    private volatile @org.jspecify.annotations.Nullable Parsed latest;

    private record Parsed(String json, Report report, List<ScheduledEvent> events) {
        boolean isOf(Report.Document document) {
            return report.document().text().equals(document.text());
        }
    }

    public Agents(Ledger ledger) {
        this.ledger = ledger;
    }

    /** What each agent of the inventory said last. */
    public List<Testimony> testimonies(Inventory.Fleet fleet) {
        var known = new HashMap<VmId, Inventory.KnownVm>();
        fleet.vms().forEach(vm -> known.put(vm.id(), vm));
        var testimonies = new ArrayList<Testimony>();
        for (var heard : ledger.agents()) {
            var vm = known.get(heard.vm());
            var said = read(heard);
            if (vm != null && said != null) {
                testimonies.add(
                        new Testimony(
                                vm.id(),
                                vm.name(),
                                vm.scopeUnit(),
                                said.report(),
                                said.events(),
                                heard.at(),
                                heard.healthySince()));
            }
        }
        return testimonies;
    }

    /**
     * Remembers a report that this process has just received, so that it need not be parsed once
     * more when it is found in the ledger.
     *
     * @return the events of its document
     */
    List<ScheduledEvent> remember(VmId vm, String json, Report report) {
        return remember(vm, new Parsed(json, report, events(vm, report))).events();
    }

    private Parsed remember(VmId vm, Parsed said) {
        parsed.put(vm, said);
        latest = said;
        return said;
    }

    /** Most reports repeat the document of the VM's one before, or of another VM. */
    private List<ScheduledEvent> events(VmId vm, Report report) {
        var before = parsed.get(vm);
        if (before != null && before.isOf(report.document())) {
            return before.events();
        }
        var last = latest;
        return last != null && last.isOf(report.document())
                ? last.events()
                : Documents.events(report);
    }

    private @org.jspecify.annotations.Nullable Parsed read(Ledger.Heard heard) {
        var before = parsed.get(heard.vm());
        if (before != null && before.json().equals(heard.report())) {
            return before;
        }
        try {
            var report = ReportJson.read(heard.report().getBytes(StandardCharsets.UTF_8));
            var said = new Parsed(heard.report(), report, events(heard.vm(), report));
            return remember(heard.vm(), said);
        } catch (MalformedException e) {
            LOG.warn("reading the stored report of {}: {}", heard.name(), e.getMessage());
            return null;
        }
    }
}
