package io.ebb.orchestrator.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that only the orchestrator's own user may read. */
final class PrivateFiles {
    private PrivateFiles() {}

    /** Makes the folder if it is not there. */
    static void folder(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, mode("rwx------"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "making the folder " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Writes the whole file or nothing; a reader never sees half of it. */
    static void write(Path file, byte[] content) {
        try {
            var draft =
                    Files.createTempFile(
                            file.toAbsolutePath().getParent(), ".draft", "", mode("rw-------"));
            Files.write(draft, content);
            Files.move(
                    draft,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + file + ": " + e.getMessage(), e);
        }
    }

    /** Writes one line. */
    static void write(Path file, String line) {
        write(file, (line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Reads one line. */
    static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file + ": " + e.getMessage(), e);
        }
    }

    /** Where the file system knows no such modes, the folder's own rights decide. */
    private static FileAttribute<?>[] mode(String mode) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
                }
                : new FileAttribute<?>[0];
    }
}
