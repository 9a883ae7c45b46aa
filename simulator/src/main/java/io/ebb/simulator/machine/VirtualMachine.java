package io.ebb.simulator.machine;

import io.ebb.simulator.control.Record;
import io.ebb.simulator.machine.Launcher.Running;
import io.ebb.simulator.scenario.Vm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A machine: when it goes down, everything on it goes down, and comes up with a new boot id. Safe
 * for many threads; asking for what is already so does nothing.
 */
public final class VirtualMachine implements Machine {
    private final Vm vm;
    private final Path folder;
    private final Program guest;
    private final Launcher launcher;
    private final PowerListener listener;
    private final Record record;
    private final int metadataPort;

    private volatile Power power = Power.DEALLOCATED;
    private volatile String bootId = "";
    private volatile String node = "";
    private Optional<Program> agent = Optional.empty();
    private Optional<Running> guestProcess = Optional.empty();
    private Optional<Running> agentProcess = Optional.empty();

    /**
     * A machine that is switched off.
     *
     * @param folder where its boot id and logs are written; is created
     * @param guest its backend program
     */
    public VirtualMachine(
            Vm vm,
            Path folder,
            Program guest,
            int metadataPort,
            Launcher launcher,
            PowerListener listener,
            Record record) {
        this.vm = vm;
        this.folder = folder;
        this.guest = guest;
        this.metadataPort = metadataPort;
        this.launcher = launcher;
        this.listener = listener;
        this.record = record;
    }

    @Override
    public String name() {
        return vm.name();
    }

    @Override
    public Power power() {
        return power;
    }

    /** What the scenario says of it. */
    public Vm description() {
        return vm;
    }

    public String bootId() {
        return bootId;
    }

    public String node() {
        return node;
    }

    /** Moves it to another node. */
    public void node(String newNode) {
        node = newNode;
    }

    /** The process of the backend program, if it was started and not killed. */
    public synchronized Optional<Long> guestPid() {
        return guestProcess.map(Running::pid);
    }

    /** The process of the agent, if it was started and not killed. */
    public synchronized Optional<Long> agentPid() {
        return agentProcess.map(Running::pid);
    }

    /** Installs an agent in place of the one there is, and starts it on a running machine. */
    public synchronized void install(Program program) {
        uninstall();
        agent = Optional.of(program);
        if (power == Power.RUNNING) {
            agentProcess = Optional.of(launch(program, "agent.log"));
        }
    }

    /** Ends the agent and forgets it. */
    public synchronized void uninstall() {
        agentProcess.ifPresent(Running::kill);
        agentProcess = Optional.empty();
        agent = Optional.empty();
    }

    /** Writes what its cloud-init finds into its folder, as {@code CustomData}. */
    public synchronized void customData(String text) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("CustomData"), text);
        } catch (IOException e) {
            throw new UncheckedIOException("writing the custom data of " + name(), e);
        }
    }

    /** Starts a machine that is switched off, after the time that booting takes. */
    public void powerOn(Duration boot) {
        synchronized (this) {
            if (power != Power.DEALLOCATED) {
                return;
            }
            power = Power.STOPPED;
        }
        try {
            Thread.sleep(boot);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        comeBack();
    }

    /** The end of a reboot: everything is started anew. A deallocated machine stays down. */
    public synchronized void comeBack() {
        if (power != Power.STOPPED) {
            return;
        }
        bootId = UUID.randomUUID().toString();
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("boot_id"), bootId + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("writing the boot id of " + name(), e);
        }
        guestProcess = Optional.of(launch(guest, "guest.log"));
        agentProcess = agent.map(program -> launch(program, "agent.log"));
        power(Power.RUNNING);
        record.add("vmStarted", name(), "boot " + bootId);
    }

    /** Takes the machine down at once, as a power cut does. */
    public synchronized void stop(Power to) {
        if (power == to || power == Power.DEALLOCATED || power == Power.DELETED) {
            return;
        }
        boolean wasUp = power != Power.STOPPED;
        power(to);
        agentProcess.ifPresent(Running::kill);
        agentProcess = Optional.empty();
        guestProcess.ifPresent(Running::kill);
        guestProcess = Optional.empty();
        if (wasUp) {
            record.add("vmStopped", name(), to.word());
        }
    }

    /** Takes it down for good: with its agent, and nothing starts it again. */
    public synchronized void delete() {
        if (power == Power.DELETED) {
            return;
        }
        stop(Power.DEALLOCATED);
        uninstall();
        power(Power.DELETED);
        record.add("vmDeleted", name(), "");
    }

    /** Pauses everything on the machine. */
    public synchronized void freeze() {
        if (power == Power.RUNNING) {
            power(Power.FROZEN);
            guestProcess.ifPresent(Running::pause);
            agentProcess.ifPresent(Running::pause);
            record.add("vmFrozen", name(), "");
        }
    }

    /** Lets a frozen machine go on. */
    public synchronized void thaw() {
        if (power == Power.FROZEN) {
            record.add("vmThawed", name(), ""); // first: its probe may be up within a millisecond
            guestProcess.ifPresent(Running::resume);
            agentProcess.ifPresent(Running::resume);
            power(Power.RUNNING);
        }
    }

    /** Waits while the machine is frozen. */
    public synchronized void awaitThaw() throws InterruptedException {
        while (power == Power.FROZEN) {
            wait();
        }
    }

    private void power(Power to) {
        power = to;
        listener.changed(this, to);
        notifyAll();
    }

    private Running launch(Program program, String log) {
        try {
            var ready = program.with(placeholders());
            return launcher.launch(ready.command(), ready.environment(), folder.resolve(log));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "starting " + program.command().getFirst() + " on " + name(), e);
        }
    }

    private Map<String, String> placeholders() {
        return Map.of(
                "name", vm.name(),
                "vmId", vm.vmId(),
                "address", vm.address(),
                "metadata", "http://" + vm.address() + ":" + metadataPort,
                "bootIdFile", folder.resolve("boot_id").toString(),
                "workDirectory", folder.toString());
    }
}
