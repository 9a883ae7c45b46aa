package io.ebb.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebb.simulator.control.Record;
import io.ebb.simulator.machine.Machine;
import io.ebb.simulator.machine.Power;
import io.ebb.simulator.scenario.Scenario;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;

/** What the compute provider does with machines: their power, and what users ask of them. */
final class Compute {
    private final Scenario scenario;
    private final Fleet fleet;
    private final Operations operations;
    private final Lro lro;
    private final Record record;

    Compute(Scenario scenario, Fleet fleet, Operations operations, Lro lro, Record record) {
        this.scenario = scenario;
        this.fleet = fleet;
        this.operations = operations;
        this.lro = lro;
        this.record = record;
    }

    /**
     * The instance view of a machine; a frozen one is running as far as Azure tells. Only machines
     * of an availability set have domains there.
     */
    ObjectNode instanceView(String vm) {
        var power = fleet.machines().find(vm).map(Machine::power);
        var view = Json.object();
        scenario.vm(vm)
                .filter(_ -> scenario.availabilitySet().isPresent())
                .ifPresent(facts ->
                        view.put("platformUpdateDomain", facts.updateDomain())
                                .put("platformFaultDomain", facts.faultDomain()));
        view.put("computerName", vm);
        var statuses = view.putArray("statuses");
        status(statuses.addObject(), "ProvisioningState/succeeded", "Provisioning succeeded");
        power.ifPresent(state -> {
            var word = word(state);
            status(statuses.addObject(), "PowerState/" + word, "VM " + word);
        });
        return view;
    }

    /** An action of a user, by the last segment of its path. */
    Answer act(String vm, String action, Request request) {
        long before = record.after(0).size();
        try {
            return switch (action.toLowerCase(Locale.ROOT)) {
                case "restart" -> {
                    fleet.operations().restart(vm);
                    yield accepted(request, "RestartVM", () -> cameBack(vm, before));
                }
                case "redeploy" -> {
                    fleet.operations().redeploy(vm);
                    yield accepted(request, "RedeployVM", () -> cameBack(vm, before));
                }
                case "deallocate" -> {
                    fleet.operations().deallocate(vm);
                    yield accepted(request, "DeallocateVM", () -> is(vm, Power.DEALLOCATED));
                }
                case "start" -> {
                    fleet.operations().start(vm);
                    yield accepted(request, "StartVM", () -> is(vm, Power.RUNNING));
                }
                case "simulateeviction" -> {
                    fleet.operations().simulateEviction(vm);
                    yield Answer.empty(204);
                }
                default -> throw Refusal.methodNotAllowed(action);
            };
        } catch (NoSuchElementException e) {
            throw Refusal.notFound("ResourceNotFound", "The machine " + vm + " was not found.");
        }
    }

    private Answer accepted(Request request, String name, BooleanSupplier done) {
        return lro.compute(request, operations.begin(name, done));
    }

    private boolean is(String vm, Power power) {
        return fleet.machines().find(vm).map(m -> m.power() == power).orElse(true);
    }

    /** A restart is over when the machine was seen to stop and to start again since. */
    private boolean cameBack(String vm, long before) {
        boolean stopped = false;
        for (var entry : record.after(before)) {
            if (!entry.subject().equalsIgnoreCase(vm)) {
                continue;
            }
            stopped |= entry.kind().equals("vmStopped");
            if (stopped && entry.kind().equals("vmStarted")) {
                return true;
            }
        }
        return false;
    }

    private static void status(ObjectNode status, String code, String text) {
        status.put("code", code).put("level", "Info").put("displayStatus", text);
    }

    private static String word(Power power) {
        return switch (power) {
            case RUNNING, FROZEN -> "running";
            case STOPPED -> "stopped";
            case DEALLOCATED, DELETED -> "deallocated"; // one that is deleted has no view
        };
    }
}
