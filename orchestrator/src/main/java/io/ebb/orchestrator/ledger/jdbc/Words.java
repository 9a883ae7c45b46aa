package io.ebb.orchestrator.ledger.jdbc;

import io.ebb.orchestrator.drain.Instruction;
import io.ebb.orchestrator.ledger.Ledger.Asked;
import io.ebb.orchestrator.ledger.Ledger.PolicyVersion;
import io.ebb.orchestrator.ledger.Spoken;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What operators say, each word in one transaction with its line of the timeline. The lease row is
 * locked: the word is said before a turn is written, or after it.
 */
final class Words {
    private final Handle handle;
    private final LeaseRow row;

    Words(Handle handle, LeaseRow row) {
        this.handle = handle;
        this.row = row;
    }

    Instruction instruct(Instruction wanted) {
        var before = InstructionRows.find(handle, wanted.id()).map(Asked::instruction);
        if (before.isPresent()) {
            return Spoken.again(before.get(), wanted);
        }
        InstructionRows.event(wanted)
                .ifPresent(event ->
                        Spoken.check(
                                wanted,
                                EventRows.find(handle, event),
                                InstructionRows.standing(handle, row.now())));
        var asked = Spoken.at(wanted, row.now());
        InstructionRows.insert(handle, asked);
        row.speak();
        TimelineRows.add(handle, row, Spoken.asked(asked, DrainRows.open(handle)));
        return asked;
    }

    Optional<Asked> withdraw(String id, String who) {
        var asked = InstructionRows.find(handle, id);
        if (asked.isPresent() && Spoken.stands(asked.get(), row.now())) {
            InstructionRows.end(handle, id, who, row.now());
            row.speak();
            TimelineRows.add(
                    handle,
                    row,
                    Spoken.withdrawn(
                            asked.get().instruction(), who, row.now(), DrainRows.open(handle)));
        }
        return InstructionRows.find(handle, id);
    }

    PolicyVersion revise(int expected, String document, String who, String why) {
        var before = PolicyRows.latest(handle);
        Spoken.check(expected, before);
        var next = new PolicyVersion(expected + 1, document, who, why, row.now());
        PolicyRows.insert(handle, next);
        row.speak();
        TimelineRows.add(handle, row, Spoken.revised(before, next));
        return next;
    }
}
