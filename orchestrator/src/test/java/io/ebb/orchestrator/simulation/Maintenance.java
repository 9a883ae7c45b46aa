package io.ebb.orchestrator.simulation;

import io.ebb.orchestrator.drain.EventType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Azure's side of scheduled events: announces, starts, cancels, lets them come back. */
final class Maintenance {
    /** One scope's document. */
    record Document(String text, List<Announced> events) {}

    private final Clockwork clock;
    private final Dice dice;
    private final List<Announced> events = new ArrayList<>();
    private final Map<String, Document> documents = new HashMap<>();
    private int incarnation = 1;
    private int ids;
    private int livingUntilNow;

    /** Is asked before an approval is accepted. */
    interface Judge {
        void approving(Announced event);
    }

    private final Judge judge;

    Maintenance(Clockwork clock, Dice dice, Judge judge) {
        this.clock = clock;
        this.dice = dice;
        this.judge = judge;
    }

    /** Announces something for VMs of one scope. */
    void announce(List<Machine> scope) {
        var machines = new ArrayList<Machine>();
        machines.add(dice.pick(scope));
        if (dice.chance(0.2) && !machines.contains(scope.getFirst())) {
            machines.add(scope.getFirst());
        }
        var type =
                dice.pick(
                        List.of(
                                EventType.REBOOT,
                                EventType.REBOOT,
                                EventType.REDEPLOY,
                                EventType.FREEZE,
                                EventType.PREEMPT));
        var event =
                new Announced(
                        "E-" + ++ids,
                        type,
                        machines,
                        dice.chance(0.08),
                        clock.now() + dice.between(15_000, 120_000));
        events.add(event);
        livingUntilNow++;
        show(event);
        if (dice.chance(0.08)) {
            start(event);
        } else if (dice.chance(0.15)) {
            clock.in(dice.between(1000, 90_000), () -> cancel(event));
        }
    }

    private void show(Announced event) {
        event.shown = true;
        event.started = false;
        event.shownSince = clock.now();
        event.knownSince = -1;
        changed(event, "announced");
        var since = event.shownSince;
        clock.in(
                Math.max(event.notBefore - clock.now(), 1000),
                () -> {
                    if (event.shown && !event.started && event.shownSince == since) {
                        start(event);
                    }
                });
    }

    private void changed(Announced event, String how) {
        clock.tell("%s %s of %s %s", event.type, event.id, event.machines.getFirst().name, how);
        incarnation++;
        documents.clear();
    }

    private void start(Announced event) {
        event.started = true;
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

    /** The same with nothing in it: what a blind metadata service shows. */
    Document blank() {
        return new Document("{\"DocumentIncarnation\":1,\"Events\":[]}", List.of());
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
