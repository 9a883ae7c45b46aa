package io.ebb.demo.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Simulator, orchestrator and three agents: a whole Ebb, each part in a process of its own. */
public record Fleet(Simulator simulator, Orchestrator orchestrator) {
    /** Starts all of it, and waits until every VM is in rotation. */
    public static Fleet start(
            House house, Children children, Site site, boolean keepFlows, Pace pace) {
        var simulator = Simulator.start(house, children, site, "fleet", true, keepFlows, pace);
        var orchestrator = Orchestrator.start(house, children, site, simulator, pace);
        return new Fleet(simulator, orchestrator).withAgents(house, site, List.of());
    }

    /**
     * Enrols and starts an agent on every VM, and waits until every VM is in rotation.
     *
     * @param flags more of the agents' settings
     */
    public Fleet withAgents(House house, Site site, List<String> flags) {
        var joins = orchestrator.enroll(Site.VMS);
        for (int i = 0; i < joins.size(); i++) {
            install(house, site, Site.VMS.get(i), joins.get(i), flags);
        }
        simulator.awaitRotation();
        return this;
    }

    /** Starts an agent that was enrolled on one VM. */
    public void install(House house, Site site, String vm, String join, List<String> flags) {
        install(simulator, house, site, vm, join, flags);
    }

    /** The same, where the orchestrator is somebody else's. */
    public static void install(
            Simulator simulator,
            House house,
            Site site,
            String vm,
            String join,
            List<String> flags) {
        var command = new ArrayList<>(agent(house, site));
        command.addAll(flags);
        simulator.install(vm, command, Map.of("EBB_JOIN", join));
    }

    /** Starts an agent on one VM that knows nothing but these variables. */
    public void install(House house, String vm, Map<String, String> environment) {
        simulator.install(vm, house.java("agent", 24), environment);
    }

    /** Ends all of it. */
    public void stop() {
        orchestrator.stop();
        simulator.stop();
    }

    /** The agent's command; the simulator fills in what differs between VMs. */
    private static List<String> agent(House house, Site site) {
        return house.java(
                "agent",
                24,
                "--metadata",
                "{metadata}",
                "--boot-id-file",
                "{bootIdFile}",
                "--watch-addresses",
                "{address}",
                "--health",
                "http://{address}:" + site.guestPort() + "/health",
                "--probe",
                "{address}:" + site.healthzPort() + "/healthz",
                "--drain-hook",
                "POST http://{address}:" + site.guestPort() + "/admin/drain",
                "--undrain-hook",
                "POST http://{address}:" + site.guestPort() + "/admin/undrain");
    }
}
