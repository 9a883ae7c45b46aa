package io.ebb.orchestrator.drain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which events are decided on as one: those that Azure announces one by one for the VMs of one
 * update domain, at the same time. Each other event is decided on by itself.
 */
final class Together {
    /** Times so close are one time: the announcements are made one after the other. */
    private static final Duration SAME = Duration.ofMinutes(1);

    private Together() {}

    static List<Set<EventId>> of(World world) {
        var groups = new ArrayList<List<Event>>();
        for (var event : world.events()) {
            group(event, groups, world).add(event);
        }
        var together = new ArrayList<Set<EventId>>();
        for (var group : groups) {
            var ids = new HashSet<EventId>();
            group.forEach(event -> ids.add(event.id()));
            together.add(ids);
        }
        return together;
    }

    /** The group that it belongs to; a new one when there is none yet. */
    private static List<Event> group(Event event, List<List<Event>> groups, World world) {
        for (var group : groups) {
            if (isOne(group.getFirst(), event, world)) {
                return group;
            }
        }
        groups.add(new ArrayList<>());
        return groups.getLast();
    }

    private static boolean isOne(Event one, Event other, World world) {
        return one.id().scope().equals(other.id().scope())
                && one.type() == other.type()
                && isSameTime(one, other)
                && domain(one, world).isPresent()
                && domain(one, world).equals(domain(other, world));
    }

    private static boolean isSameTime(Event one, Event other) {
        return one.notice() instanceof Notice.Scheduled(var first)
                && other.notice() instanceof Notice.Scheduled(var second)
                && first.isPresent()
                && second.isPresent()
                && Duration.between(first.get(), second.get()).abs().compareTo(SAME) <= 0;
    }

    /** The update domain of all its VMs; empty when it is not known, or not one. */
    private static Optional<String> domain(Event event, World world) {
        var domains = new HashSet<Optional<String>>();
        world.vms().stream()
                .filter(vm -> event.vms().contains(vm.id()))
                .forEach(vm -> domains.add(vm.domain()));
        return domains.size() == 1 ? domains.iterator().next() : Optional.empty();
    }
}
