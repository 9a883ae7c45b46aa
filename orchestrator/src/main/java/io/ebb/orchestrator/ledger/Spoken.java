package io.ebb.orchestrator.ledger;

import io.ebb.orchestrator.drain.Instruction;
import io.ebb.orchestrator.drain.Instruction.Kind;
import io.ebb.orchestrator.drain.Instruction.Target;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.ledger.Ledger.Asked;
import io.ebb.orchestrator.ledger.Ledger.Drain;
import io.ebb.orchestrator.ledger.Ledger.Entry;
import io.ebb.orchestrator.ledger.Ledger.PolicyVersion;
import io.ebb.orchestrator.ledger.Ledger.RefusedException;
import io.ebb.orchestrator.ledger.Ledger.SeenEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** When an operator's word is too late or contradicts another, and how it is told. Pure. */
public final class Spoken {
    private Spoken() {}

    /** No EventId comes back after so long; what is said of it would stand for ever. */
    private static final Duration FORGOTTEN = Duration.ofDays(30);

    /** The instruction as of the store's time. One about an event ends by itself after 30 days. */
    public static Instruction at(Instruction wanted, Instant now) {
        var end =
                wanted.kind().isOfVm()
                        ? Optional.<Instant>empty()
                        : Optional.of(now.plus(FORGOTTEN));
        return new Instruction(
                wanted.id(),
                wanted.kind(),
                wanted.target(),
                wanted.who(),
                wanted.why(),
                now,
                wanted.until().or(() -> end));
    }

    /**
     * What asking under a known id means: the same again is no second instruction.
     *
     * @throws RefusedException when it is not the same
     */
    public static Instruction again(Instruction before, Instruction wanted) {
        if (before.kind() != wanted.kind() || !before.target().equals(wanted.target())) {
            throw new RefusedException(
                    "OperationIdUsed",
                    "id %s was used before, for: %s".formatted(wanted.id(), words(before)));
        }
        return before;
    }

    /**
     * Refuses what is too late for an event, or contradicts what stands. An approval that was
     * decided may be with an agent already: what may start at any moment is not cancelled.
     */
    public static void check(
            Instruction wanted, Optional<SeenEvent> event, List<Instruction> standing) {
        var begun = event.filter(e -> !e.status().equals("Scheduled")).isPresent();
        var approved = event.flatMap(SeenEvent::approved).isPresent();
        if (wanted.kind() == Kind.CANCEL && (begun || approved)) {
            throw new RefusedException(
                    "TooLateToCancel",
                    "the event %s: its VMs stay out until it is gone"
                            .formatted(begun ? "has started" : "was approved"));
        }
        if (wanted.kind() == Kind.APPROVE) {
            if (begun || event.isEmpty()) {
                throw new RefusedException(
                        "NotScheduled", "the event is not waiting to be approved");
            }
            standing.stream()
                    .filter(other -> other.kind() == Kind.HOLD || other.kind() == Kind.CANCEL)
                    .filter(other -> other.target().equals(wanted.target()))
                    .findFirst()
                    .ifPresent(other -> {
                        throw new RefusedException(
                                "EventOnHold",
                                "withdraw instruction %s first, of %s"
                                        .formatted(other.id(), other.words()));
                    });
        }
    }

    /** Refuses to replace another version than the one that was read. */
    public static void check(int expected, Optional<PolicyVersion> before) {
        var version = before.map(PolicyVersion::version).orElse(0);
        if (version != expected) {
            throw new RefusedException(
                    "PolicyChanged",
                    "version %d of the policy is in force, not %d".formatted(version, expected));
        }
    }

    /** Whether it stands at this time. */
    public static boolean stands(Asked asked, Instant now) {
        return asked.ended().isEmpty()
                && asked.instruction().until().map(now::isBefore).orElse(true);
    }

    /** The line that tells of a new instruction. */
    public static List<Entry> asked(Instruction asked, List<Drain> open) {
        return lines(asked, asked.since(), asked.who(), "Asked", words(asked), open);
    }

    /** The line that tells that one was withdrawn. */
    public static List<Entry> withdrawn(
            Instruction asked, String who, Instant now, List<Drain> open) {
        return lines(asked, now, who, "Withdrawn", "withdrawn: " + words(asked), open);
    }

    /** The line that tells of a new version of the policy. */
    public static List<Entry> revised(Optional<PolicyVersion> before, PolicyVersion next) {
        return List.of(
                new Entry(
                        0,
                        next.since(),
                        Optional.empty(),
                        Optional.empty(),
                        "PolicyRevised",
                        next.who(),
                        "version %d of the policy: %s".formatted(next.version(), next.why()),
                        before.map(PolicyVersion::document),
                        Optional.of(next.document())));
    }

    /** One line for each open drain that is concerned; one for all when there is none. */
    private static List<Entry> lines(
            Instruction asked,
            Instant at,
            String who,
            String type,
            String message,
            List<Drain> open) {
        var concerned = open.stream().filter(drain -> concerns(asked, drain)).toList();
        if (concerned.isEmpty()) {
            Optional<VmId> vm =
                    asked.target() instanceof Target.OfVm(var id)
                            ? Optional.of(id)
                            : Optional.empty();
            return List.of(new Entry(0, at, Optional.empty(), vm, type, who, message));
        }
        return concerned.stream()
                .map(drain ->
                        new Entry(
                                0,
                                at,
                                Optional.of(drain.id()),
                                Optional.of(drain.vm()),
                                type,
                                who,
                                message))
                .toList();
    }

    private static boolean concerns(Instruction asked, Drain drain) {
        return switch (asked.target()) {
            case Target.OfVm(var vm) -> drain.vm().equals(vm);
            case Target.OfEvent(var event) -> drain.events().contains(event);
        };
    }

    private static String words(Instruction asked) {
        var what = asked.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        var target =
                switch (asked.target()) {
                    case Target.OfVm(var vm) -> "VM " + vm;
                    case Target.OfEvent(var event) -> "event " + event;
                };
        return "%s %s (%s)".formatted(what, target, asked.words());
    }
}
