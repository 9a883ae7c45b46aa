package io.ebb.orchestrator.api;

import io.ebb.orchestrator.control.Wake;
import io.ebb.orchestrator.drain.Instruction;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.ledger.Ledger.Asked;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Writes down what operators ask, and wakes the loop: it is acted on at once. */
@Singleton
final class Instructing {
    private static final String OPERATION_LOCATION = "Operation-Location";

    private final Ledger ledger;
    private final Targets targets;
    private final Wake wake;

    Instructing(Ledger ledger, Targets targets, Wake wake) {
        this.ledger = ledger;
        this.targets = targets;
        this.wake = wake;
    }

    /** An instruction as it stands now, also when it was recorded before and has ended since. */
    InstructionView record(Instruction wanted) {
        var recorded = ledger.instruct(wanted);
        wake.up();
        return ledger.instruction(recorded.id()).map(this::view).orElseGet(() -> view(recorded));
    }

    /** 202: it is written down, and followed by the turns to come. */
    static HttpResponse<?> accepted(InstructionView view) {
        var location = "/v1/instructions/" + view.id();
        return HttpResponse.accepted()
                .body(view)
                .header(HttpHeaders.LOCATION, location)
                .header(OPERATION_LOCATION, location);
    }

    /**
     * Withdraws one.
     *
     * @return empty when there is none of this id
     */
    Optional<InstructionView> withdraw(String id, String who) {
        var asked = ledger.withdraw(id, who);
        asked.ifPresent(_ -> wake.up());
        return asked.map(this::view);
    }

    /** How one is shown. */
    InstructionView view(Asked asked) {
        return InstructionView.of(asked, targets::name, ledger.now());
    }

    /** How one is shown that stands, or would. */
    InstructionView view(Instruction standing) {
        return InstructionView.of(standing, targets::name, ledger.now());
    }

    /** How several are shown. */
    List<InstructionView> views(List<Asked> asked) {
        var names = targets.known(ledger.open());
        var now = ledger.now();
        return asked.stream()
                .map(one ->
                        InstructionView.of(
                                one, (VmId vm) -> Optional.ofNullable(names.get(vm)), now))
                .toList();
    }
}
