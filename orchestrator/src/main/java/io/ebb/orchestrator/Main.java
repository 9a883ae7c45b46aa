package io.ebb.orchestrator;

/** Entry point. */
public final class Main {
    private Main() {}

    /** Starts. */
    public static void main(String[] args) {}
}
