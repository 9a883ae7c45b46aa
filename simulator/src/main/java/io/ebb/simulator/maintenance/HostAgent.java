package io.ebb.simulator.maintenance;

import io.ebb.simulator.machine.Power;
import io.ebb.simulator.machine.VirtualMachine;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What runs on one node beside its machines: it writes what the controller announces into the
 * repositories of its machines, and does to them what an event says.
 */
public final class HostAgent {

    private record Guest(VirtualMachine machine, EventRepository repository) {}

    private final String node;
    private final Map<String, Guest> guests = new ConcurrentHashMap<>();

    public HostAgent(String node) {
        this.node = node;
    }

    /** The node's name. */
    public String node() {
        return node;
    }

    /** Takes a machine in. */
    public void place(VirtualMachine machine, EventRepository repository) {
        machine.node(node);
        guests.put(machine.name(), new Guest(machine, repository));
    }

    /** Whether the machine is on this node. */
    public boolean hosts(String vm) {
        return guests.keySet().stream().anyMatch(vm::equalsIgnoreCase);
    }

    /** Whether there is room: a machine that was deleted takes none, its events still pass here. */
    boolean empty() {
        return guests.values().stream().allMatch(guest -> guest.machine().power() == Power.DELETED);
    }

    void announce(Event event) {
        concerned(event).forEach(guest -> guest.repository().put(event));
    }

    void withdraw(Event event) {
        concerned(event).forEach(guest -> guest.repository().remove(event.id()));
    }

    /** Begins the impact. */
    void begin(Event event, HostAgent elsewhere) {
        for (var guest : concerned(event)) {
            var machine = guest.machine();
            switch (event.work().type()) {
                case Freeze -> machine.freeze();
                case Reboot -> machine.stop(Power.STOPPED);
                case Redeploy -> {
                    machine.stop(Power.STOPPED);
                    guests.remove(machine.name());
                    elsewhere.place(machine, guest.repository());
                }
                case Preempt -> machine.stop(Power.DEALLOCATED);
                case Terminate -> machine.delete();
            }
        }
    }

    /** Ends the impact, as far as it has an end. */
    void end(Event event) {
        for (var guest : concerned(event)) {
            switch (event.work().type()) {
                case Freeze -> guest.machine().thaw();
                case Reboot, Redeploy -> guest.machine().comeBack();
                case Preempt -> guest.machine().stop(Power.DEALLOCATED);
                case Terminate -> guest.machine().delete();
            }
        }
    }

    private Collection<Guest> concerned(Event event) {
        return guests.values().stream()
                .filter(guest -> event.work().concerns(guest.machine().name()))
                .toList();
    }
}
