package io.ebb.simulator.arm;

import io.ebb.simulator.control.Record;
import io.ebb.simulator.machine.Machine;
import io.ebb.simulator.machine.Machines;
import io.ebb.simulator.machine.Power;
import io.ebb.simulator.machine.Provisioner;
import io.ebb.simulator.maintenance.Approvals;
import io.ebb.simulator.maintenance.UserOperations;
import io.ebb.simulator.scenario.Scenario;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Machines that do at once what they are told, and remember it. */
final class FakeFleet implements Machines, Provisioner, UserOperations, Approvals {
    final Map<String, String> customData = new ConcurrentHashMap<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    final Map<String, Power> powers = new ConcurrentHashMap<>();

    /** Whose each event is. */
    final Map<String, String> events = new ConcurrentHashMap<>();

    private final Record record;

    FakeFleet(Scenario scenario, Record record) {
        this.record = record;
        var power = scenario.deployed() ? Power.RUNNING : Power.DEALLOCATED;
        scenario.vms().forEach(vm -> powers.put(vm.name(), power));
    }

    @Override
    public Optional<Machine> find(String name) {
        return Optional.ofNullable(powers.get(name))
                .map(power ->
                        new Machine() {
                            @Override
                            public String name() {
                                return name;
                            }

                            @Override
                            public Power power() {
                                return power;
                            }
                        });
    }

    @Override
    public boolean hasRoomFor(String vm) {
        return powers.get(vm) == Power.DEALLOCATED;
    }

    @Override
    public void provision(String vm, String data) {
        customData.put(vm, data);
        powers.put(vm, Power.RUNNING);
    }

    @Override
    public void restart(String vm) {
        note("restart", vm);
        record.add("vmStopped", vm, "");
        record.add("vmStarted", vm, "");
    }

    @Override
    public void redeploy(String vm) {
        note("redeploy", vm);
    }

    @Override
    public void simulateEviction(String vm) {
        note("simulateEviction", vm);
    }

    @Override
    public void deallocate(String vm) {
        note("deallocate", vm);
        powers.put(vm, Power.DEALLOCATED);
    }

    @Override
    public void start(String vm) {
        note("start", vm);
        powers.put(vm, Power.RUNNING);
    }

    @Override
    public boolean approve(String eventId, Collection<String> of, String by) {
        asked.add("approve " + eventId + " by " + by);
        return of.contains(events.getOrDefault(eventId, ""));
    }

    private void note(String action, String vm) {
        if (!powers.containsKey(vm)) {
            throw new NoSuchElementException(vm);
        }
        asked.add(action + " " + vm);
    }
}
