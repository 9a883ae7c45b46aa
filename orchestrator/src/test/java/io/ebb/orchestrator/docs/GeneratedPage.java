package io.ebb.orchestrator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A page of {@code docs/} that is generated from the code. With {@code -Pdocs} it is written;
 * otherwise a stale one fails the test.
 */
public final class GeneratedPage {
    private GeneratedPage() {}

    /** Checks the page, or writes it. */
    public static void check(String name, String content) {
        var page = Path.of("..", "docs", name);
        try {
            if (Boolean.getBoolean("ebb.docs")) {
                Files.writeString(page, content);
            }
            assertThat(page)
                    .as("docs/%s is generated; refresh it with ./mvnw -Pdocs verify", name)
                    .exists()
                    .hasContent(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
