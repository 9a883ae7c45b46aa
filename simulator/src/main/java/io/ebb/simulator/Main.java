package io.ebb.simulator;

import io.ebb.simulator.cli.CommandLineInterface;

/** Entry point. */
public final class Main {
    private Main() {}

    /** Runs a simulation, or talks to one that runs. */
    public static void main(String[] args) {
        // Small answers would otherwise wait for the peer's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // A client that keeps its connections must not find them closed just when it writes.
        System.setProperty("sun.net.httpserver.idleInterval", "300");
        System.exit(CommandLineInterface.run(args));
    }
}
