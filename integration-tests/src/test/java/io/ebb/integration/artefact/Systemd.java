package io.ebb.integration.artefact;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ebb.demo.fleet.House;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The units, and systemd's own judgement of them. */
final class Systemd {
    static final Path FOLDER = House.here().root().resolve("deploy/systemd");

    private static final String JAVA = "/usr/bin/java";

    private Systemd() {}

    /** What a program said, and how it ended. */
    record Said(int status, String text) {}

    /** Skips the test where there is no systemd-analyze, but where all tests must run. */
    static void need() {
        if (!"required".equals(System.getProperty("ebb.containers"))) {
            assumeTrue(find().isPresent(), "skipped: there is no systemd-analyze on this machine");
        }
    }

    private static Optional<Path> find() {
        return Optional.ofNullable(System.getenv("PATH")).stream()
                .flatMap(path -> List.of(path.split(File.pathSeparator)).stream())
                .map(folder -> Path.of(folder, "systemd-analyze"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The text of a file of the folder. */
    static String text(String name) throws IOException {
        return Files.readString(FOLDER.resolve(name));
    }

    /** A copy of a unit that names a Java that is on this machine. */
    static Path copy(String unit, Path folder) throws IOException {
        var text = text(unit);
        if (!text.contains("ExecStart=" + JAVA + " ")) {
            throw new IllegalStateException(unit + " does not start " + JAVA);
        }
        return Files.writeString(folder.resolve(unit), text.replace(JAVA, Running.tool("java")));
    }

    /** Runs systemd-analyze to its end. */
    static Said analyze(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("systemd-analyze"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var text =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command + " does not end");
        }
        return new Said(process.exitValue(), text);
    }
}
