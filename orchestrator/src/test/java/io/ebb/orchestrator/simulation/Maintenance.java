package io.ebb.orchestrator.simulation;

import io.ebb.orchestrator.drain.EventType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Azure's side of scheduled events: announces, starts, cancels, lets them come back. */
final class Maintenance {
    private static final List<EventType> TYPES =
            List.of(
                    EventType.REBOOT,
                    EventType.REBOOT,
                    EventType.REDEPLOY,
                    EventType.FREEZE,
                    EventType.PREEMPT);

    /** One scope's document. */
    record Document(String text, List<Announced> events) {
        boolean shows(String id) {
            for (var event : events) {
                if (event.id.equals(id)) {
                    return true;
                }
            }
            return false;
        }
    }

    private record Lied(Document truth, Announced lie) {}

    private static final Document BLANK =
            new Document("{\"DocumentIncarnation\":1,\"Events\":[]}", List.of());

    private final Clockwork clock;
    private final Dice dice;
    private final List<Announced> events = new ArrayList<>();
    private final Map<String, Document> documents = new HashMap<>();
    private final Map<Lied, Document> lies = new HashMap<>();
    private int incarnation = 1;
    private final long skew;
    private int ids;
    private int livingUntilNow;

    /** Is asked before an approval is accepted. */
    interface Judge {
        void approving(Announced event);
    }

    private final Judge judge;
    private final IntSupplier lengths;

    /**
     * @param lengths how many seconds Azure expects the next event to last
     */
    Maintenance(Clockwork clock, Dice dice, Judge judge, IntSupplier lengths) {
        this.clock = clock;
        this.dice = dice;
        this.judge = judge;
        this.lengths = lengths;
        this.skew = dice.fault(0.3) ? dice.between(-4000, 4000) : 0;
    }

    /** Announces something for VMs of one scope. */
    void announce(List<Machine> scope) {
        var machines = new ArrayList<Machine>();
        machines.add(dice.pick(scope));
        if (dice.chance(0.2) && !machines.contains(scope.getFirst())) {
            machines.add(scope.getFirst());
        }
        var type = dice.pick(TYPES);
        var strangers = dice.chance(0.08);
        announce(type, machines, strangers, clock.now() + dice.between(15_000, 120_000));
    }

    /** Announces the same for each of them, one by one, as Azure does for an update domain. */
    void announceTogether(List<Machine> domain) {
        var type = dice.pick(TYPES);
        var notBefore = clock.now() + dice.between(30_000, 120_000);
        for (var machine : domain) {
            clock.in(
                    dice.between(0, 5000),
                    () -> announce(type, List.of(machine), false, notBefore));
        }
    }

    private void announce(
            EventType type, List<Machine> machines, boolean strangers, long notBefore) {
        var event =
                new Announced(
                        "E-" + ++ids,
                        type,
                        machines,
                        strangers,
                        notBefore,
                        lengths.getAsInt(),
                        skew);
        events.add(event);
        livingUntilNow++;
        show(event);
        if (dice.chance(0.08)) {
            start(event);
        } else if (dice.chance(0.15)) {
            clock.in(dice.between(1000, 90_000), () -> cancel(event));
        }
        if (dice.fault(0.15)) {
            clock.in(dice.between(1000, 60_000), () -> change(event));
        }
    }

    private void show(Announced event) {
        event.shown = true;
        event.started = false;
        event.shownSince = clock.now();
        event.knownSince = -1;
        changed(event, "announced");
        arm(event, event.shownSince);
    }

    /** It starts at its time, if it is still there then and its time is still the same. */
    private void arm(Announced event, long since) {
        var time = event.notBefore;
        clock.in(
                Math.max(time - clock.now(), 1000),
                () -> {
                    if (event.shown
                            && !event.started
                            && event.shownSince == since
                            && event.notBefore == time) {
                        start(event);
                    }
                });
    }

    /** Azure thinks of another time, or of something else to do. */
    private void change(Announced event) {
        if (!event.shown || event.started) {
            return;
        }
        var type = dice.chance(0.5) ? dice.pick(TYPES) : event.type;
        event.becomes(
                type,
                Math.max(clock.now() + 1000, event.notBefore + dice.between(-30_000, 60_000)),
                clock.now());
        changed(event, "changes");
        arm(event, event.shownSince);
    }

    private void changed(Announced event, String how) {
        clock.tell("%s %s of %s %s", event.type, event.id, event.machines.getFirst().name, how);
        incarnation++;
        documents.clear();
        lies.clear();
    }

    private void start(Announced event) {
        event.started = true;
        event.startedAt = clock.now();
        changed(event, "starts");
        clock.in(dice.between(500, 5000), () -> strike(event));
    }

    private void strike(Announced event) {
        var length = dice.between(2000, event.type == EventType.PREEMPT ? 40_000 : 15_000);
        for (var machine : event.machines) {
            if (event.type == EventType.FREEZE) {
                machine.freeze(length);
            } else {
                machine.reboot(length);
            }
        }
        clock.in(length + dice.between(1000, 15_000), () -> hide(event));
    }

    private void cancel(Announced event) {
        if (event.shown && !event.started) {
            hide(event);
        }
    }

    private void hide(Announced event) {
        event.shown = false;
        event.goneAt = clock.now();
        changed(event, "is gone");
        if (dice.fault(0.15)) {
            clock.in(dice.between(500, 40_000), () -> show(event));
        } else {
            livingUntilNow--;
        }
    }

    /** Whether nothing is announced or to come back. */
    boolean isOver() {
        return livingUntilNow == 0;
    }

    /** What the metadata service of a scope shows now. */
    Document document(String scope) {
        return documents.computeIfAbsent(
                scope,
                _ -> {
                    var shown =
                            events.stream()
                                    .filter(e -> e.shown && e.scope().equals(scope))
                                    .toList();
                    return new Document(text(shown), shown);
                });
    }

    private String text(List<Announced> shown) {
        return "{\"DocumentIncarnation\":%d,\"Events\":[%s]}"
                .formatted(
                        incarnation,
                        shown.stream().map(Announced::json).collect(Collectors.joining(",")));
    }

    /** The document with one more event in it that nobody announced. */
    Document with(Document truth, Announced lie) {
        return lies.computeIfAbsent(
                new Lied(truth, lie),
                _ -> {
                    var shown = Stream.concat(truth.events().stream(), Stream.of(lie)).toList();
                    return new Document(text(shown), shown);
                });
    }

    /** The same with nothing in it: what a blind metadata service shows. */
    Document blank() {
        return BLANK;
    }

    /** StartRequests. */
    boolean approve(String id) {
        var event = find(id).filter(e -> e.shown && !e.started);
        event.ifPresent(judge::approving);
        event.ifPresent(this::start);
        return event.isPresent();
    }

    Optional<Announced> find(String id) {
        return events.stream().filter(e -> e.id.equalsIgnoreCase(id)).findFirst();
    }

    /** What is announced for a VM now. */
    List<Announced> of(Machine machine) {
        return events.stream().filter(e -> e.shown && e.names(machine)).toList();
    }
}
