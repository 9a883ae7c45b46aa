package io.ebb.orchestrator.control;

import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The resources that a write of this process is under way to. Azure shows a write as done before it
 * is; until it is verified, nothing is concluded from what its resource shows.
 */
@Singleton
public final class Underway {
    private final Set<String> resources = ConcurrentHashMap.newKeySet();

    void begin(String resource) {
        resources.add(resource.toLowerCase(Locale.ROOT));
    }

    void end(String resource) {
        resources.remove(resource.toLowerCase(Locale.ROOT));
    }

    /** Whether a write to this resource has been sent and is not verified yet. */
    public boolean to(String resource) {
        return resources.contains(resource.toLowerCase(Locale.ROOT));
    }
}
