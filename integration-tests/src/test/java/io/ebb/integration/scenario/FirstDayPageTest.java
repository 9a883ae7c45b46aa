package io.ebb.integration.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.demo.fleet.House;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The tests that {@code docs/first-day.md} names are there, and it names all of the first day's.
 */
@Timeout(20)
class FirstDayPageTest {
    private static final Pattern NAME = Pattern.compile("`(\\w+Test)#(\\w+)`");

    private final Path root = House.here().root();

    @Test
    void everyTestThatThePageNamesExists() throws IOException {
        var names = NAME.matcher(page()).results().toList();
        assertThat(names).hasSizeGreaterThan(15);
        for (var name : names) {
            assertThat(source(name.group(1)))
                    .as(name.group())
                    .contains("void " + name.group(2) + "(");
        }
    }

    @Test
    void everyTestOfTheFirstDayIsNamedOnThePage() throws IOException {
        var page = page();
        var tests =
                Arrays.stream(FirstDayTest.class.getDeclaredClasses())
                        .flatMap(part -> Arrays.stream(part.getDeclaredMethods()))
                        .filter(method -> method.isAnnotationPresent(Test.class))
                        .map(method -> "`FirstDayTest#" + method.getName() + "`")
                        .toList();
        assertThat(tests).isNotEmpty().allSatisfy(test -> assertThat(page).contains(test));
    }

    private String page() throws IOException {
        return Files.readString(root.resolve("docs/first-day.md"));
    }

    /** The source of a test class, whichever module it is in. */
    private String source(String name) throws IOException {
        for (var module : List.of("agent", "simulator", "orchestrator", "integration-tests")) {
            try (var files = Files.walk(root.resolve(module).resolve("src/test/java"))) {
                var found = files.filter(file -> file.endsWith(name + ".java")).findFirst();
                if (found.isPresent()) {
                    return Files.readString(found.get());
                }
            }
        }
        throw new AssertionError("no test class " + name);
    }
}
