package io.ebb.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A point that this process may not get past. A test arms one by a file {@code armed} with the
 * point's name, a signal ({@code KILL}, {@code STOP}) and, where only one process is meant, its id;
 * the first process that reaches it takes the file away, so it happens once, and leaves its id in
 * {@code hit}.
 */
final class Point {
    /** The folder of the file; without it nothing ever happens. */
    private static final Optional<Path> FOLDER =
            Optional.ofNullable(System.getenv("EBB_CRASH_FOLDER")).map(Path::of);

    private Point() {}

    /** Goes past a point, if it is not the armed one. */
    static void pass(String name) {
        signal(name).ifPresent(Point::send);
    }

    /** Whether this point is armed; it is left so. */
    static boolean isArmed(String name) {
        return armed().filter(words -> isMeant(words, name)).isPresent();
    }

    /** The armed point's signal, if it is this point, and no other process has taken it. */
    private static Optional<String> signal(String name) {
        return armed().filter(words -> isMeant(words, name))
                .filter(_ -> take())
                .map(words -> words.get(1));
    }

    private static boolean isMeant(List<String> words, String name) {
        var pid = String.valueOf(ProcessHandle.current().pid());
        return words.getFirst().equals(name) && (words.size() < 3 || words.get(2).equals(pid));
    }

    private static Optional<List<String>> armed() {
        return FOLDER.flatMap(folder -> {
            try {
                return Optional.of(
                        List.of(Files.readString(folder.resolve("armed")).strip().split(" ", -1)));
            } catch (NoSuchFileException e) {
                return Optional.empty();
            } catch (IOException e) {
                throw new IllegalStateException("reading which point is armed", e);
            }
        });
    }

    private static boolean take() {
        var folder = FOLDER.orElseThrow();
        var mine = folder.resolve("hit-" + ProcessHandle.current().pid());
        try {
            Files.move(folder.resolve("armed"), mine, StandardCopyOption.ATOMIC_MOVE);
            Files.writeString(mine, String.valueOf(ProcessHandle.current().pid()));
            Files.move(mine, folder.resolve("hit"), StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new IllegalStateException("taking the armed point", e);
        }
    }

    /** Returns only after a pause that somebody has ended with {@code SIGCONT}. */
    private static void send(String signal) {
        var command =
                Stream.of("kill", "-" + signal, String.valueOf(ProcessHandle.current().pid()))
                        .toList();
        try {
            int status = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (status != 0) {
                throw new IllegalStateException(command + " ended with " + status);
            }
        } catch (IOException e) {
            throw new IllegalStateException("running " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        while (signal.equals("KILL")) {
            LockSupport.park();
        }
    }
}
