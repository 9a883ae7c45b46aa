package io.ebb.integration.artefact;

import io.ebb.demo.fleet.House;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.testcontainers.images.RemoteDockerImage;
import org.testcontainers.utility.DockerImageName;

/**
 * Builds the images with Maven and Jib, as a user does, from a copy of what the build has compiled:
 * the copy's jars are packed anew, and nothing is written where processes of other tests run.
 */
final class Images {
    /** The modules that have one. */
    static final List<String> MODULES = List.of("agent", "simulator", "orchestrator");

    /** What their names begin with. */
    static final String PREFIX = "ebb-test/";

    private static final String BASE = "eclipse-temurin:25-jre";
    private static final int PATIENCE_SECONDS = 240;

    private static @Nullable Map<String, String> built;

    private Images() {}

    /** The name of a module's image in the Docker engine, which is built for the first caller. */
    static String of(String module) {
        build();
        return PREFIX + "ebb-" + module + ":" + version();
    }

    /** Builds them into the Docker engine, once in this process, and gives each one's digest. */
    static synchronized Map<String, String> build() {
        if (built == null) {
            // As Testcontainers does: pulled where it is not there yet.
            new RemoteDockerImage(DockerImageName.parse(BASE)).get();
            built = build("jib:dockerBuild", fresh("first"));
        }
        return built;
    }

    /** Builds them a second time, at another place and out of no cache, and gives the digests. */
    static Map<String, String> buildAgain() {
        build();
        return build("jib:buildTar", fresh("second"));
    }

    private static Map<String, String> build(String goal, Path project) {
        try {
            copy(House.here().root(), project);
            maven(goal, project);
            var digests = new HashMap<String, String>();
            for (var module : MODULES) {
                var image = Yaml.read(project.resolve(module).resolve("target/jib-image.json"));
                digests.put(module, image.path("imageDigest").asText());
            }
            delete(project);
            return Map.copyOf(digests);
        } catch (IOException e) {
            throw new UncheckedIOException("building the images", e);
        }
    }

    private static void maven(String goal, Path project) throws IOException {
        var command = new ArrayList<String>();
        command.add(
                System.getProperty("ebb.maven", House.here().root().resolve("mvnw").toString()));
        command.addAll(List.of("-q", "-B", "-ntp", "-pl", "protocol," + String.join(",", MODULES)));
        if (System.getProperty("ebb.maven.settings", "").equals("offline=true")) {
            command.add("-o");
        }
        var repository = System.getProperty("ebb.maven.repository");
        if (repository != null) {
            command.add("-Dmaven.repo.local=" + repository);
        }
        // The base is the one that the other tests use, out of the Docker engine.
        command.addAll(
                List.of(
                        "jar:jar",
                        goal,
                        "-Djib.from.image=docker://" + BASE,
                        "-Debb.images=" + PREFIX));
        var log = project.resolve("build.log");
        var builder =
                new ProcessBuilder(command)
                        .directory(project.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        var process = builder.start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(command + " failed:\n" + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** What Jib and the jar plugin need of a built project. */
    private static void copy(Path from, Path to) throws IOException {
        copyFile(from, to, "pom.xml");
        copyFile(from, to, "integration-tests/pom.xml");
        copyFile(from, to, "protocol/pom.xml");
        copyTree(from, to, "protocol/target/classes");
        for (var module : MODULES) {
            copyFile(from, to, module + "/pom.xml");
            copyTree(from, to, module + "/target/classes");
            copyTree(from, to, module + "/target/lib");
            copyTree(from, to, module + "/src/main/jib");
        }
    }

    private static void copyTree(Path from, Path to, String folder) throws IOException {
        if (!Files.exists(from.resolve(folder))) {
            return;
        }
        try (var files = Files.walk(from.resolve(folder))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                copyFile(from, to, from.relativize(file).toString());
            }
        }
    }

    private static void copyFile(Path from, Path to, String file) throws IOException {
        var target = to.resolve(file);
        Files.createDirectories(target.resolve("..").normalize());
        Files.copy(from.resolve(file), target);
    }

    /** An empty folder: what an earlier build left is as large as three images. */
    private static Path fresh(String name) {
        var folder = House.here().root().resolve("integration-tests/target/images").resolve(name);
        try {
            delete(folder);
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static String version() {
        return Yaml.read(Chart.FOLDER.resolve("Chart.yaml")).path("appVersion").asText();
    }
}
