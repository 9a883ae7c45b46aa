package io.ebb.demo.fleet;

import java.nio.file.Path;
import java.util.List;

/**
 * Which of several orchestrators side by side one is.
 *
 * @param name of its folder
 * @param port where it serves
 * @param ahead jars on its class path ahead of its own; none for the product as it is shipped
 */
public record Replica(String name, int port, List<Path> ahead) {
    public Replica {
        ahead = List.copyOf(ahead);
    }

    /** The only one, as it is shipped. */
    public static Replica only(Site site) {
        return new Replica("orchestrator", site.orchestratorPort(), List.of());
    }
}
