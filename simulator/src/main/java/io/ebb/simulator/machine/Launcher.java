package io.ebb.simulator.machine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Starts programs. */
public interface Launcher {

    /** A program that was started. Signals to one that has ended have no effect. */
    interface Running {
        long pid();

        /** Pauses it, its children too (SIGSTOP). */
        void pause();

        /** Lets it go on (SIGCONT). */
        void resume();

        /** Ends it and its children at once (SIGKILL) and waits until it is gone. */
        void kill();
    }

    /**
     * Starts a program. Its standard input stays open as long as this process lives, so that a
     * program which reads it can tell when nobody is left.
     *
     * @param log receives what it prints, appended
     * @throws IOException if there is no such program
     */
    Running launch(List<String> command, Map<String, String> environment, Path log)
            throws IOException;
}
