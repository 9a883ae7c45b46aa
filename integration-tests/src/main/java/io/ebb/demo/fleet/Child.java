package io.ebb.demo.fleet;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One process that was started here, with what it started itself. */
public final class Child {
    private static final Duration GRACE = Duration.ofSeconds(6);
    private static final Duration LAST = Duration.ofSeconds(2);

    private final String name;
    private final Path log;
    private final Process process;

    private Child(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts a process. Of this process's environment it gets everything but settings of Ebb and of
     * Azure: credentials for a real subscription have no business in a simulated one.
     *
     * @param log where its output is appended
     */
    static Child start(
            String name, List<String> command, Map<String, String> environment, Path log) {
        var builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment()
                .keySet()
                .removeIf(key ->
                        key.startsWith("EBB_")
                                || key.startsWith("AZURE_")
                                || key.startsWith("MICRONAUT_"));
        builder.environment().putAll(environment);
        try {
            return new Child(name, log, builder.start());
        } catch (IOException e) {
            throw new FleetException("starting the " + name + ": " + e.getMessage(), e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** Where its output goes. */
    public Path log() {
        return log;
    }

    boolean runs() {
        return process.isAlive();
    }

    /**
     * Makes sure that it runs.
     *
     * @throws FleetException when it ended by itself, naming its log
     */
    void check() {
        if (!process.isAlive()) {
            throw new FleetException(
                    "the " + name + " ended with status " + process.exitValue() + ": see " + log);
        }
    }

    /**
     * Waits for it to end by itself, and gives its exit status; it is killed when it takes longer.
     */
    int await(Duration patience) {
        if (!ended(patience)) {
            kill();
        }
        return process.exitValue();
    }

    /** Ends it like {@code kill -9}, and returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        ended(GRACE);
    }

    /**
     * Asks it to end, insists after some seconds, and does the same with all that it has started.
     */
    public void stop() {
        stop(GRACE);
    }

    /** The same, but insists only after this time. */
    void stop(Duration patience) {
        var descendants = process.descendants().toList();
        process.destroy();
        if (!ended(patience)) {
            kill();
        }
        if (!Await.until(LAST, () -> gone(descendants))) {
            descendants.forEach(ProcessHandle::destroyForcibly);
            Await.until(LAST, () -> gone(descendants));
        }
    }

    private static boolean gone(List<ProcessHandle> handles) {
        return handles.stream().noneMatch(ProcessHandle::isAlive);
    }

    private boolean ended(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }
}
