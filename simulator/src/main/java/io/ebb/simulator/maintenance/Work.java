package io.ebb.simulator.maintenance;

import java.time.Duration;
import java.util.List;

/**
 * What shall be done to machines, as the controller is told it.
 *
 * @param vms the smallest set that is affected together, by name
 * @param notice from the announcement until NotBefore
 * @param impact how long the machines are paused or down
 * @param durationSeconds what the event itself claims about its impact; -1 means unknown
 * @param othersTake after the approval, how long the other tenants of the hardware take to approve;
 *     NotBefore ends their time too
 * @param runUp from Started until the impact begins: the hosts need a moment to act, and the answer
 *     to an approval must leave the machine before it goes down
 */
public record Work(
        EventType type,
        List<String> vms,
        Duration notice,
        Duration impact,
        Source source,
        String description,
        int durationSeconds,
        Duration othersTake,
        Duration runUp) {

    public Work {
        vms = List.copyOf(vms);
        if (vms.isEmpty()) {
            throw new IllegalArgumentException("an event needs at least one machine");
        }
    }

    /** Work with the usual notice, description and run-up. */
    public static Work of(EventType type, List<String> vms, Duration impact, Source source) {
        return new Work(
                type,
                vms,
                type.notice(),
                impact,
                source,
                description(type, source),
                type == EventType.Freeze ? (int) Math.max(1, impact.toSeconds()) : -1,
                Duration.ZERO,
                Duration.ofSeconds(1));
    }

    /** What Azure usually writes into such an event. */
    public static String description(EventType type, Source source) {
        if (source == Source.User) {
            return switch (type) {
                case Reboot ->
                        "Virtual machine is going to be restarted as requested by authorized user.";
                case Redeploy ->
                        "Virtual machine is going to be redeployed as requested by authorized"
                                + " user.";
                case Freeze, Preempt, Terminate -> "";
            };
        }
        return switch (type) {
            case Freeze ->
                    "Virtual machine is being paused because of a memory-preserving Live Migration"
                            + " operation.";
            case Preempt -> "";
            case Reboot, Redeploy, Terminate -> "Host server is undergoing maintenance.";
        };
    }

    Work without(String vm) {
        var rest = vms.stream().filter(name -> !name.equalsIgnoreCase(vm)).toList();
        return new Work(
                type,
                rest,
                notice,
                impact,
                source,
                description,
                durationSeconds,
                othersTake,
                runUp);
    }

    boolean concerns(String vm) {
        return vms.stream().anyMatch(vm::equalsIgnoreCase);
    }
}
