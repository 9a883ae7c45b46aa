package io.ebb.simulator.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Starts operating-system processes. */
public final class OsLauncher implements Launcher {

    @Override
    public Running launch(List<String> command, Map<String, String> environment, Path log)
            throws IOException {
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return new OsProcess(builder.start());
    }

    private record OsProcess(Process process) implements Running {

        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public void pause() {
            signal("STOP");
        }

        @Override
        public void resume() {
            signal("CONT");
        }

        @Override
        public void kill() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** The shell's own kill is used: not every machine has the program. */
        private void signal(String name) {
            var command =
                    new ArrayList<>(List.of("/bin/sh", "-c", "kill -" + name + " \"$@\"", "sh"));
            Stream.concat(Stream.of(process.toHandle()), process.descendants())
                    .filter(ProcessHandle::isAlive)
                    .map(handle -> Long.toString(handle.pid()))
                    .forEach(command::add);
            try {
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
            } catch (IOException e) {
                throw new UncheckedIOException("sending SIG" + name + " to " + pid(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
