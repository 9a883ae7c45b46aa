package io.ebb.simulator.cli;

import io.ebb.simulator.Simulation;
import io.ebb.simulator.machine.OsLauncher;
import io.ebb.simulator.scenario.ScenarioReader;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a simulation until it is told to end. */
@Command(
        name = "ebb-simulator",
        mixinStandardHelpOptions = true,
        description = "Plays Azure: metadata service, maintenance, ARM, a load balancer.")
final class RunCommand implements Callable<Integer> {
    @Option(names = "--scenario", description = "YAML file; what it leaves out is as built in")
    private Optional<Path> file = Optional.empty();

    @Mixin private OverrideOptions overrides = new OverrideOptions();

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var values = overrides.values();
        var scenario =
                file.map(yaml -> ScenarioReader.read(yaml, values))
                        .orElseGet(() -> ScenarioReader.read("", values));
        var simulation = new Simulation(scenario, new OsLauncher(), InstantSource.system());
        Runtime.getRuntime().addShutdownHook(new Thread(simulation::close, "stop"));
        simulation.awaitGuests();
        var out = spec.commandLine().getOut();
        out.println(simulation.readyLine());
        out.flush();
        new CountDownLatch(1).await(); // until a signal ends the process
        return 0;
    }
}
