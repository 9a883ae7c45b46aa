package io.ebb.integration.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Copies of signed jars without their signatures: the JDK keeps no classes of signed jars ready,
 * and checks their digests at each start.
 */
final class Unsigned {
    private Unsigned() {}

    /** Copies of those jars of a folder that are signed. */
    static List<Path> copies(Path from, Path into) {
        try (var jars = Files.newDirectoryStream(from, "*.jar")) {
            Files.createDirectories(into);
            var copies = new ArrayList<Path>();
            for (var jar : jars) {
                try (var zip = new ZipFile(jar.toFile())) {
                    if (zip.stream().anyMatch(Unsigned::isSignature)) {
                        copies.add(copy(zip, into.resolve(jar.getFileName())));
                    }
                }
            }
            copies.sort(null);
            return copies;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSignature(ZipEntry entry) {
        var name = entry.getName().toUpperCase(Locale.ROOT);
        return name.startsWith("META-INF/") && name.matches("[^.]+\\.(SF|RSA|DSA|EC)");
    }

    private static Path copy(ZipFile zip, Path to) throws IOException {
        try (var out = new ZipOutputStream(Files.newOutputStream(to))) {
            for (var entry : zip.stream().filter(entry -> !isSignature(entry)).toList()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                zip.getInputStream(entry).transferTo(out);
                out.closeEntry();
            }
        }
        return to;
    }
}
