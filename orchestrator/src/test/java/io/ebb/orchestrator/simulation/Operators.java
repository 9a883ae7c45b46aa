package io.ebb.orchestrator.simulation;

import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.drain.Instruction;
import io.ebb.orchestrator.drain.Instruction.Kind;
import io.ebb.orchestrator.drain.Instruction.Target;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.ledger.Ledger.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Operators who ask whatever comes to mind, and what they have asked when. */
final class Operators {
    /** What was asked for some time may still be followed for a while. */
    static final long ECHO = 26_000;

    /** An order that an agent holds is carried out for no longer, and no write is sent later. */
    static final long HEARD = 13_000;

    private static final class Word {
        final Instruction asked;
        final long from;
        long until;

        Word(Instruction asked, long from, long until) {
            this.asked = asked;
            this.from = from;
            this.until = until;
        }

        boolean isAbout(Kind kind, Predicate<Target> target) {
            return asked.kind() == kind && target.test(asked.target());
        }
    }

    private final Clockwork clock;
    private final Dice dice;
    private final Ledger ledger;
    private final List<Machine> machines;
    private final List<Word> words = new ArrayList<>();

    Operators(Clockwork clock, Dice dice, Ledger ledger, List<Machine> machines) {
        this.clock = clock;
        this.dice = dice;
        this.ledger = ledger;
        this.machines = List.copyOf(machines);
    }

    /** What they will do in the time of trouble; all of it ends by itself. */
    void plot(long trouble) {
        for (var i = 0; i < 4; i++) {
            if (dice.fault(0.2)) {
                clock.in(
                        dice.between(5000, trouble - 45_000),
                        () -> ask(dice.pick(List.of(Kind.values())), dice));
            }
        }
    }

    /** One of them approves an event. */
    void approve(Dice chance) {
        ask(Kind.APPROVE, chance);
    }

    private void ask(Kind kind, Dice chance) {
        var target = target(kind, chance);
        if (target.isEmpty()) {
            return;
        }
        var length = chance.between(2000, 40_000);
        var id = "op-" + words.size();
        var until = Optional.of(clock.instant().plusMillis(length));
        try {
            var asked =
                    ledger.instruct(
                            new Instruction(
                                    id, kind, target.get(), "ann", "", clock.instant(), until));
            var word = new Word(asked, clock.now(), clock.now() + length);
            words.add(word);
            clock.tell("an operator asks: %s %s", kind, target.get());
            if (chance.chance(0.4)) {
                clock.in(chance.between(500, length), () -> withdraw(word));
            }
        } catch (RefusedException e) {
            clock.tell("an operator is refused: %s %s", kind, e.code());
        }
    }

    private Optional<Target> target(Kind kind, Dice chance) {
        if (kind.isOfVm()) {
            return Optional.of(new Target.OfVm(chance.pick(machines).id));
        }
        var events = ledger.open().events();
        return events.isEmpty()
                ? Optional.empty()
                : Optional.of(new Target.OfEvent(chance.pick(events).id()));
    }

    private void withdraw(Word word) {
        ledger.withdraw(word.asked.id(), "bob");
        word.until = clock.now();
        clock.tell("an operator withdraws %s", word.asked.kind());
    }

    /** Whether this stands, or did so lately: it may still be followed. */
    boolean lately(Kind kind, VmId vm) {
        return lately(kind, new Target.OfVm(vm)::equals);
    }

    /** The same for an event, whatever its scope. */
    boolean lately(Kind kind, String event) {
        return lately(kind, isEvent(event));
    }

    private boolean lately(Kind kind, Predicate<Target> target) {
        return words.stream()
                .anyMatch(word -> word.isAbout(kind, target) && clock.now() < word.until + ECHO);
    }

    /** Whether this has stood for so long, and still does, that nobody acts against it any more. */
    boolean firmly(Kind kind, String event) {
        return words.stream()
                .anyMatch(word ->
                        word.isAbout(kind, isEvent(event))
                                && word.from + HEARD < clock.now()
                                && clock.now() < word.until);
    }

    private static Predicate<Target> isEvent(String event) {
        return target ->
                target instanceof Target.OfEvent(var id)
                        && id.equals(new EventId(id.scope(), event));
    }
}
