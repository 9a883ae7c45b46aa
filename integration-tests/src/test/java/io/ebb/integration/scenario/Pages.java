package io.ebb.integration.scenario;

import io.ebb.demo.fleet.House;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The pages of the documentation, and the tests that they name: {@code SomeTest#aMethod}. */
final class Pages {
    private static final List<String> MODULES =
            List.of("protocol", "agent", "simulator", "orchestrator", "integration-tests");

    private static final Pattern NAME = Pattern.compile("`(\\w+Test)#(\\w+)`");

    private static final Path ROOT = House.here().root();

    private Pages() {}

    /** A test that a page names. */
    record Named(String type, String method) {
        /** Whether this source has it. */
        private boolean isIn(Path file) {
            return file.endsWith(type + ".java") && text(file).contains("void " + method + "(");
        }

        boolean exists() {
            return files().stream().anyMatch(this::isIn);
        }

        @Override
        public String toString() {
            return type + "#" + method;
        }
    }

    /** A page of the documentation. */
    static String read(String path) {
        return text(ROOT.resolve(path));
    }

    /** The tests that a text names. */
    static List<Named> namedIn(String text) {
        return NAME.matcher(text)
                .results()
                .map(name -> new Named(name.group(1), name.group(2)))
                .toList();
    }

    /** Every source of a test. */
    static List<Path> files() {
        var all = new ArrayList<Path>();
        for (var module : MODULES) {
            try (var files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                files.filter(file -> file.toString().endsWith("Test.java")).forEach(all::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all;
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
