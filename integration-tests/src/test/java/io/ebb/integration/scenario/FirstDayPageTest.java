package io.ebb.integration.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The tests that {@code docs/first-day.md} names are there, and it names all of the first day's.
 */
@Timeout(20)
class FirstDayPageTest {
    @Test
    void everyTestThatThePageNamesExists() {
        assertThat(Pages.namedIn(page())).hasSizeGreaterThan(15).allMatch(Pages.Named::exists);
    }

    @Test
    void everyTestOfTheFirstDayIsNamedOnThePage() {
        var page = page();
        var tests =
                Arrays.stream(FirstDayTest.class.getDeclaredClasses())
                        .flatMap(part -> Arrays.stream(part.getDeclaredMethods()))
                        .filter(method -> method.isAnnotationPresent(Test.class))
                        .map(method -> "`FirstDayTest#" + method.getName() + "`")
                        .toList();
        assertThat(tests).isNotEmpty().allSatisfy(test -> assertThat(page).contains(test));
    }

    private static String page() {
        return Pages.read("docs/first-day.md");
    }
}
