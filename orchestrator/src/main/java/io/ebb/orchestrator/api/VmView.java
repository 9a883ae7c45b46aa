package io.ebb.orchestrator.api;

import io.ebb.orchestrator.control.Latest;
import io.ebb.orchestrator.drain.State;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.ledger.Ledger.Heard;
import io.ebb.orchestrator.pool.Inventory.KnownVm;
import io.ebb.protocol.MalformedException;
import io.ebb.protocol.Report;
import io.ebb.protocol.ReportJson;
import io.micronaut.serde.annotation.Serdeable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A VM.
 *
 * @param state one of the five words; {@code Unknown} before the first turn, and for a VM that is
 *     not in the inventory
 * @param agent empty: none was heard yet
 */
@Serdeable
record VmView(
        String name,
        String vmId,
        Optional<String> resourceId,
        String state,
        String why,
        List<String> pools,
        Optional<Agent> agent) {

    /**
     * What its agent said last.
     *
     * @param lastHeard by the ledger's clock
     * @param healthy the application's health
     * @param health the same in words
     * @param healthySince without a break and within one boot
     * @param document how the last reading of the Scheduled Events document went, and what was
     *     wrong with it
     */
    @Serdeable
    record Agent(
            String version,
            Instant lastHeard,
            String boot,
            boolean healthy,
            String health,
            Optional<Instant> healthySince,
            String document) {

        static Agent of(Heard heard) {
            try {
                var report = ReportJson.read(heard.report().getBytes(StandardCharsets.UTF_8));
                return new Agent(
                        report.agentVersion(),
                        heard.at(),
                        heard.boot(),
                        report.health().healthy(),
                        report.health().detail(),
                        heard.healthySince(),
                        words(report.document()));
            } catch (MalformedException e) {
                // Stored by another version: that it was heard is still worth saying.
                return new Agent(
                        "unknown",
                        heard.at(),
                        heard.boot(),
                        heard.healthySince().isPresent(),
                        "the stored report cannot be read: " + e.getMessage(),
                        heard.healthySince(),
                        "unknown");
            }
        }

        private static String words(Report.Document document) {
            return switch (document.reading()) {
                case FRESH -> "fresh";
                case UNCHANGED -> "unchanged";
                case UNKNOWN -> "unknown: " + document.problem().orElse("no reason given");
            };
        }
    }

    /** A VM of the inventory. */
    static VmView of(KnownVm vm, Latest.View view, Optional<Heard> heard) {
        return new VmView(
                vm.name(),
                vm.id().value(),
                Optional.of(vm.resourceId()),
                word(view, vm.id()),
                state(view, vm.id()).map(State::why).orElse("not looked at yet"),
                view.world().vms().stream()
                        .filter(seen -> seen.id().equals(vm.id()))
                        .flatMap(seen -> seen.members().stream())
                        .map(member -> member.id().pool().name())
                        .distinct()
                        .toList(),
                heard.map(Agent::of));
    }

    /** A VM that only its agent knows. */
    static VmView stranger(Heard heard, boolean looked) {
        return new VmView(
                heard.name(),
                heard.vm().value(),
                Optional.empty(),
                "Unknown",
                looked ? "it is not in the inventory" : "the inventory was not read yet",
                List.of(),
                Optional.of(Agent.of(heard)));
    }

    static String word(Latest.View view, VmId vm) {
        return state(view, vm).map(State::word).orElse("Unknown");
    }

    private static Optional<State> state(Latest.View view, VmId vm) {
        return Optional.ofNullable(view.plan().states().get(vm));
    }
}
