package io.ebb.demo.fleet;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The built project that the fleet is started from.
 *
 * @param root the project's folder
 * @param scratch where logs, boot ids and the ledger go
 */
public record House(Path root, Path scratch) {
    /**
     * The project that this class was built in, with the given folder for logs.
     *
     * @throws FleetException when it is not in a built project
     */
    public static House here() {
        var root = project();
        return new House(root, root.resolve("deploy/.demo"));
    }

    /** The same project, with another folder for logs. */
    public House writingTo(Path folder) {
        return new House(root, folder);
    }

    /** An empty folder in the scratch folder, made anew. */
    Path fresh(String name) {
        var folder = scratch.resolve(name);
        try {
            if (Files.exists(folder)) {
                try (var files = Files.walk(folder)) {
                    for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new FleetException("preparing " + folder + ": " + e.getMessage(), e);
        }
    }

    Path jar(String module) {
        var jar = root.resolve(module).resolve("target/ebb-" + module + ".jar");
        if (!Files.exists(jar)) {
            throw new FleetException("not built: " + jar + ". Run ./mvnw -DskipTests package.");
        }
        return jar;
    }

    /** The command that runs a module's jar on this process's own JDK, with a small heap. */
    List<String> java(String module, int heapMegabytes, String... arguments) {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx" + heapMegabytes + "m",
                                "-XX:+UseSerialGC",
                                // They live for minutes: a quick start is worth more than speed.
                                "-XX:TieredStopAtLevel=1",
                                "-XX:-UsePerfData",
                                "-jar",
                                jar(module).toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /**
     * The command that runs a module's main class with other jars ahead of its own.
     *
     * @param ahead jars whose classes come first
     */
    List<String> java(
            String module, int heapMegabytes, List<Path> ahead, String main, String... arguments) {
        var command = java(module, heapMegabytes);
        var path =
                Stream.concat(ahead.stream(), Stream.of(jar(module)))
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator));
        var before = command.subList(0, command.indexOf("-jar"));
        return Stream.of(before, List.of("-cp", path, main), List.of(arguments))
                .flatMap(List::stream)
                .toList();
    }

    private static Path project() {
        try {
            var here =
                    Path.of(
                            House.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            for (var folder = here.getParent(); folder != null; folder = folder.getParent()) {
                if (Files.exists(folder.resolve("simulator/pom.xml"))) {
                    return folder;
                }
            }
            throw new FleetException(here + " is in no built project");
        } catch (URISyntaxException e) {
            throw new FleetException("finding the project: " + e.getMessage(), e);
        }
    }
}
