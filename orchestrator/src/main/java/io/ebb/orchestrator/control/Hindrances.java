package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.VmId;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Why a VM could permanently not be taken out when it was last tried. Forgotten after a while, so
 * that a mended right or lock is found out; in memory only, for the same reason.
 */
@Singleton
public final class Hindrances {
    static final Duration MEMORY = Duration.ofMinutes(5);

    private record Hindrance(String why, Instant until) {}

    private final Map<VmId, Hindrance> hindrances = new ConcurrentHashMap<>();

    /** Remembers a permanent failure. */
    public void add(VmId vm, String why, Instant now) {
        hindrances.put(vm, new Hindrance(why, now.plus(MEMORY)));
    }

    /** What hinders a VM now. */
    public Optional<String> of(VmId vm, Instant now) {
        return Optional.ofNullable(hindrances.get(vm))
                .filter(hindrance -> hindrance.until().isAfter(now))
                .map(Hindrance::why);
    }
}
