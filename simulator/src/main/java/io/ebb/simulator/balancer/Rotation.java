package io.ebb.simulator.balancer;

import io.ebb.simulator.control.Record;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Set;

/**
 * Which machines are in rotation: those that every one of their pools with a rule sends new flows
 * to. A pool that a machine has left counts, for it is one of its pools until the simulator ends.
 */
final class Rotation {
    private final Record record;
    private Set<String> in = new HashSet<>();

    Rotation(Record record) {
        this.record = record;
    }

    /** Looks anew and records who came and who went. */
    void update(Collection<Member> members) {
        var verdicts = new LinkedHashMap<String, Boolean>();
        for (var member : members) {
            if (!member.facts().ruled()) {
                continue;
            }
            verdicts.merge(member.facts().vm(), member.takesFlows(), Boolean::logicalAnd);
        }
        var now = new HashSet<String>();
        verdicts.forEach((vm, takes) -> {
            if (takes) {
                now.add(vm);
            }
        });
        var went = new ArrayList<>(in);
        went.removeAll(now);
        went.forEach(vm -> record.add("outOfRotation", vm, ""));
        var came = new ArrayList<>(now);
        came.removeAll(in);
        came.forEach(vm -> record.add("inRotation", vm, ""));
        in = now;
    }
}
