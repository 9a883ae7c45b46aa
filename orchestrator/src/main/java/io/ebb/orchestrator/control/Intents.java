package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.Member;
import io.ebb.orchestrator.drain.MemberId;
import io.ebb.orchestrator.drain.Standing;
import io.ebb.orchestrator.drain.Step;
import io.ebb.orchestrator.ledger.Ledger.Intent;
import io.ebb.orchestrator.ledger.Ledger.TakenMember;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What one turn writes down about members: what is wanted of each, with its exact state. */
final class Intents {
    /** Well within the shortest lease. */
    private static final Duration RENEWAL = Duration.ofSeconds(1);

    private final Sight sight;
    private final Instant now;
    private final Chronicle chronicle;
    private final List<TakenMember> taken = new ArrayList<>();
    private final List<MemberId> settled = new ArrayList<>();

    Intents(Sight sight, Chronicle chronicle) {
        this.sight = sight;
        this.now = sight.world().now();
        this.chronicle = chronicle;
    }

    List<TakenMember> taken() {
        return List.copyOf(taken);
    }

    List<MemberId> settled() {
        return List.copyOf(settled);
    }

    /** Writes down what a step wants. */
    void add(Step.OnMember step) {
        var member = step.member();
        switch (step) {
            case Step.Quiesce _ ->
                    intend(
                            member,
                            Intent.QUIESCE,
                            "Quiescing",
                            "having its agent fail the probe of");
            case Step.TakeOut _ -> intend(member, Intent.LEAVE, "TakingOut", "taking it out of");
            case Step.Recall _ ->
                    intend(
                            member,
                            Intent.RECALL,
                            "Recalling",
                            "letting its application take hold again for");
            case Step.PutBack _ ->
                    intend(member, Intent.RETURN, "PuttingBack", "putting it back into");
            case Step.Settle _ -> settle(member);
        }
    }

    /** Remembers that a member was seen out: whoever is in after that was put back by others. */
    void seen(Member member) {
        if (member.standing() == Standing.OUT && member.isGoing()) {
            sight.taken(member.id())
                    .filter(row -> row.intent() == Intent.LEAVE && row.out().isEmpty())
                    .ifPresent(row -> taken.add(row.seenOut(now)));
        }
    }

    private void settle(Member member) {
        settled.add(member.id());
        var words =
                member.standing() == Standing.GONE
                        ? "its network interface is gone or was made anew; nothing to put back into"
                        : "in rotation again in";
        var before = sight.taken(member.id()).map(row -> word(row.intent())).orElse("");
        say(member.id(), "Settled", words, before, "in rotation");
    }

    /**
     * Writes the intent with the member's exact state. One that stands is written anew now and
     * then: its time says until when a write of it may still be under way, and since when a member
     * that came back has been settling.
     */
    private void intend(Member member, Intent intent, String type, String words) {
        var row = sight.taken(member.id());
        if (intent == Intent.LEAVE && row.filter(this::isBackAgain).isPresent()) {
            taken.add(row.get().again(now));
            say(
                    member.id(),
                    "TakingOutAgain",
                    "somebody else put it back: taking it out of",
                    "put back by others",
                    word(intent));
            return;
        }
        if (row.isPresent() && stands(row.get().intent(), intent, member)) {
            if (isRenewed(row.get(), member) && row.get().since().plus(RENEWAL).isBefore(now)) {
                taken.add(row.get().with(row.get().intent(), now));
            }
            return;
        }
        row.map(r -> r.with(intent, now))
                .or(() -> first(member, intent))
                .ifPresent(r -> {
                    taken.add(r);
                    var before = row.map(known -> word(known.intent())).orElse("in rotation");
                    say(member.id(), type, words, before, word(intent));
                });
    }

    private static boolean isRenewed(TakenMember row, Member member) {
        return row.intent() == Intent.LEAVE
                || (row.intent() == Intent.RETURN && member.standing() == Standing.OUT);
    }

    /** A member that is to leave is quiesced all the while. */
    private static boolean stands(Intent before, Intent next, Member member) {
        return before == next
                || (next == Intent.QUIESCE && before == Intent.LEAVE && !member.mayServe());
    }

    /** It was out, and its resource shows it again: that a list could not be read is no return. */
    private boolean isBackAgain(TakenMember row) {
        return row.intent() == Intent.LEAVE
                && row.out().isPresent()
                && sight.placed(row.id()).isPresent();
    }

    private Optional<TakenMember> first(Member member, Intent intent) {
        return sight.placed(member.id())
                .map(placed ->
                        new TakenMember(
                                member.id(),
                                placed.resource().id(),
                                placed.resource().guid(),
                                placed.place().saved(),
                                member.strategy().name(),
                                intent,
                                now));
    }

    /**
     * In observe mode: what an earlier enforce mode took out. Agents and applications are let go,
     * which needs no right; the pool's membership is left to a person, and said so.
     */
    void letGo(List<Step> steps) {
        for (var row : sight.open().taken()) {
            if (row.intent() != Intent.RETURN) {
                taken.add(row.with(Intent.RETURN, now));
                say(
                        row.id(),
                        "LetGo",
                        "taken out before the mode became observe, to be put back by hand into",
                        word(row.intent()),
                        word(Intent.RETURN));
            }
        }
        for (var step : steps) {
            if (step instanceof Step.Settle(var member)) {
                settle(member);
            }
        }
    }

    private static String word(Intent intent) {
        return intent.name().toLowerCase(Locale.ROOT);
    }

    private void say(MemberId member, String type, String words, String before, String after) {
        chronicle.say(
                member.vm(),
                type,
                "%s pool %s".formatted(words, member.pool().name()),
                Optional.of(before),
                Optional.of(after));
    }
}
