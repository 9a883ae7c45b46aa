package io.ebb.demo.fleet;

import java.nio.file.Path;
import java.util.List;

/**
 * Which of several orchestrators side by side one is.
 *
 * @param name of its folder
 * @param port where it serves
 * @param ahead jars on its class path ahead of its own; none for the product as it is shipped
 * @param options of its Java virtual machine, in addition to the usual ones
 */
public record Replica(String name, int port, List<Path> ahead, List<String> options) {
    public Replica {
        ahead = List.copyOf(ahead);
        options = List.copyOf(options);
    }

    /** As it is shipped. */
    public Replica(String name, int port) {
        this(name, port, List.of(), List.of());
    }

    /** The only one, as it is shipped. */
    public static Replica only(Site site) {
        return new Replica("orchestrator", site.orchestratorPort());
    }

    /** With jars ahead of its own. */
    public Replica behind(List<Path> jars) {
        return new Replica(name, port, jars, options);
    }

    /** With options. */
    public Replica with(List<String> options) {
        return new Replica(name, port, ahead, options);
    }
}
