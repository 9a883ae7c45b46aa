package io.ebb.integration.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The tests that {@code docs/recovery.md} names are there, and it names all of the lost ledger's.
 */
@Timeout(20)
class RecoveryPageTest {
    @Test
    void everyTestThatThePageNamesExists() {
        assertThat(Pages.namedIn(page())).hasSizeGreaterThan(10).allMatch(Pages.Named::exists);
    }

    @Test
    void everyTestOfTheLostLedgerIsNamedOnThePage() {
        var page = page();
        var tests =
                Arrays.stream(LostLedgerTest.class.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Test.class))
                        .map(method -> "`LostLedgerTest#" + method.getName() + "`")
                        .toList();
        assertThat(tests).isNotEmpty().allSatisfy(test -> assertThat(page).contains(test));
    }

    private static String page() {
        return Pages.read("docs/recovery.md");
    }
}
