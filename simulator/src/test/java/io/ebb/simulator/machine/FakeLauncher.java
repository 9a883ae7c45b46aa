package io.ebb.simulator.machine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts nothing and remembers what was asked. */
public final class FakeLauncher implements Launcher {
    /** For example {@code start guest web-1}, {@code kill agent web-1}. */
    public final List<String> log = new ArrayList<>();

    @Override
    public synchronized Running launch(
            List<String> command, Map<String, String> environment, Path file) {
        var name = String.join(" ", command);
        log.add("start " + name);
        return new FakeProcess(name, log.size());
    }

    private final class FakeProcess implements Running {
        private final String name;
        private final long pid;

        FakeProcess(String name, long pid) {
            this.name = name;
            this.pid = pid;
        }

        @Override
        public long pid() {
            return pid;
        }

        @Override
        public void pause() {
            log.add("pause " + name);
        }

        @Override
        public void resume() {
            log.add("resume " + name);
        }

        @Override
        public void kill() {
            log.add("kill " + name);
        }
    }
}
