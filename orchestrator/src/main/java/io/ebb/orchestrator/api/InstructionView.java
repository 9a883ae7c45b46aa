package io.ebb.orchestrator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.ebb.orchestrator.drain.Instruction;
import io.ebb.orchestrator.drain.Instruction.Target;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.ledger.Ledger.Asked;
import io.ebb.orchestrator.ledger.Spoken;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an operator asked.
 *
 * @param kind {@code drain}, {@code exempt}, {@code putBack}, {@code hold}, {@code approve} or
 *     {@code cancel}
 * @param vm the VM that it is about; empty when it is about an event, or the VM is not known any
 *     more
 * @param event the EventId that it is about, lower-case
 * @param scope whose VMs share the document that the event stands in
 * @param stands whether it is being followed: it was not withdrawn, is not fulfilled and has not
 *     expired
 * @param starts only in the answer to an approval: the VMs that Azure will start with it
 */
@Serdeable
record InstructionView(
        String id,
        String kind,
        Optional<String> vm,
        Optional<String> vmId,
        Optional<String> event,
        Optional<String> scope,
        String who,
        String why,
        Instant since,
        Optional<Instant> expiresAt,
        Optional<Instant> ended,
        Optional<String> endedBy,
        boolean stands,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<StartView> starts) {

    /**
     * One instruction.
     *
     * @param names the names of VMs
     * @param now the ledger's time
     */
    static InstructionView of(Asked asked, Function<VmId, Optional<String>> names, Instant now) {
        var instruction = asked.instruction();
        Optional<VmId> vm =
                instruction.target() instanceof Target.OfVm(var id)
                        ? Optional.of(id)
                        : Optional.empty();
        var event =
                Optional.of(instruction.target())
                        .filter(Target.OfEvent.class::isInstance)
                        .map(Target.OfEvent.class::cast)
                        .map(Target.OfEvent::event);
        return new InstructionView(
                instruction.id(),
                word(instruction.kind()),
                vm.flatMap(names),
                vm.map(VmId::value),
                event.map(id -> id.id()),
                event.map(id -> id.scope()),
                instruction.who(),
                instruction.why(),
                instruction.since(),
                instruction.until(),
                asked.ended(),
                asked.endedBy(),
                Spoken.stands(asked, now),
                null);
    }

    /** One that stands, or would. */
    static InstructionView of(
            Instruction standing, Function<VmId, Optional<String>> names, Instant now) {
        return of(new Asked(standing, Optional.empty(), Optional.empty()), names, now);
    }

    /** The same with the VMs that it starts. */
    InstructionView starting(List<StartView> vms) {
        return new InstructionView(
                id, kind, vm, vmId, event, scope, who, why, since, expiresAt, ended, endedBy,
                stands, vms);
    }

    private static String word(Instruction.Kind kind) {
        return switch (kind) {
            case DRAIN -> "drain";
            case EXEMPT -> "exempt";
            case PUT_BACK -> "putBack";
            case HOLD -> "hold";
            case APPROVE -> "approve";
            case CANCEL -> "cancel";
        };
    }
}
