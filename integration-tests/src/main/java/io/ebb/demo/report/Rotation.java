package io.ebb.demo.report;

import io.ebb.demo.fleet.Happening;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** When each VM was out of rotation, by the simulator's record. */
public final class Rotation {
    /** A time out of rotation, [from, to); {@link Instant#MAX} while it lasts. */
    private record Out(Instant from, Instant to) {
        boolean holds(Instant at) {
            return !at.isBefore(from) && at.isBefore(to);
        }
    }

    private final Map<String, List<Out>> outs = new HashMap<>();

    private Rotation() {}

    /**
     * Reads a record.
     *
     * @param from when all VMs were in rotation; what was before is how they first came in
     */
    public static Rotation of(List<Happening> record, Instant from) {
        var rotation = new Rotation();
        record.stream()
                .filter(happening -> !happening.at().isBefore(from))
                .sorted(Comparator.comparing(Happening::sequence))
                .forEach(rotation::take);
        return rotation;
    }

    private void take(Happening happening) {
        var list = outs.computeIfAbsent(happening.subject(), _ -> new ArrayList<>());
        boolean isOut = !list.isEmpty() && list.getLast().to().equals(Instant.MAX);
        if (happening.kind().equals("outOfRotation") && !isOut) {
            list.add(new Out(happening.at(), Instant.MAX));
        } else if (happening.kind().equals("inRotation") && isOut) {
            list.add(new Out(list.removeLast().from(), happening.at()));
        }
    }

    private List<Out> of(String vm) {
        return outs.getOrDefault(vm, List.of());
    }

    /** Whether the VM was out at that time. */
    public boolean out(String vm, Instant at) {
        return of(vm).stream().anyMatch(out -> out.holds(at));
    }

    /** How often it went out. */
    public int times(String vm) {
        return of(vm).size();
    }

    /** When it first went out. */
    public Optional<Instant> firstOut(String vm) {
        return of(vm).stream().map(Out::from).findFirst();
    }

    /** When it came back for the last time; empty when it never went out, or is still out. */
    public Optional<Instant> lastIn(String vm) {
        return of(vm).stream()
                .reduce((_, later) -> later)
                .map(Out::to)
                .filter(to -> to.isBefore(Instant.MAX));
    }

    /** How long it was out in all, until the given time. */
    public Duration total(String vm, Instant until) {
        return of(vm).stream()
                .map(out ->
                        Duration.between(out.from(), out.to().isBefore(until) ? out.to() : until))
                .filter(Duration::isPositive)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Whether two VMs, whichever, were ever out at the same time. */
    public boolean everTwoOut() {
        for (var vm : outs.keySet()) {
            for (var out : of(vm)) {
                if (outs.keySet().stream().anyMatch(o -> !o.equals(vm) && out(o, out.from()))) {
                    return true;
                }
            }
        }
        return false;
    }
}
