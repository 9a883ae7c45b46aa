package io.ebb.integration.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.demo.fleet.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;

/**
 * The folder through which a test tells processes where they may not get past.
 *
 * @see io.ebb.crash
 */
record Trap(Path folder) {
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    static Trap in(Path folder) {
        try {
            return new Trap(Files.createDirectories(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first process that gets to this point falls into it. */
    void arm(String place, CrashPoint.Signal signal) {
        arm(place + " " + signal);
    }

    /** This process falls into it when it gets to this point. */
    void arm(String place, CrashPoint.Signal signal, long pid) {
        arm(place + " " + signal + " " + pid);
    }

    private void arm(String words) {
        try {
            Files.deleteIfExists(folder.resolve("hit"));
            var ready = folder.resolve("ready");
            Files.writeString(ready, words);
            Files.move(ready, folder.resolve("armed"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until a process has fallen into it, and tells which. */
    long sprung() {
        var pid = Await.until(PATIENCE, this::hit);
        assertThat(pid).as("a process that came to this point").isPresent();
        return pid.orElseThrow();
    }

    /** What was armed and not reached is forgotten. */
    void disarm() {
        try {
            Files.deleteIfExists(folder.resolve("armed"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Long> hit() {
        try {
            var hit = folder.resolve("hit");
            return Files.exists(hit)
                    ? Optional.of(Long.parseLong(Files.readString(hit)))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
