package io.ebb.simulator;

import io.ebb.simulator.scenario.Scenario;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Where boot ids and logs are; one that nobody asked for is removed in the end. */
record WorkDirectory(Path path, boolean temporary) implements AutoCloseable {

    static WorkDirectory of(Scenario scenario) throws IOException {
        if (scenario.workDirectory().isPresent()) {
            var path = scenario.workDirectory().get().toAbsolutePath();
            return new WorkDirectory(Files.createDirectories(path), false);
        }
        return new WorkDirectory(Files.createTempDirectory("ebb-simulator-"), true);
    }

    @Override
    public void close() throws IOException {
        if (!temporary) {
            return;
        }
        Files.walkFileTree(
                path,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path folder, @Nullable IOException problem) throws IOException {
                        Files.delete(folder);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
