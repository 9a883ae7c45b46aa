package io.ebb.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.ApplicationContext;
import io.micronaut.inject.qualifiers.Qualifiers;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the service opens its connections; what that is good for is a promise of the ledger. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SharedStoreTest {
    @Test
    void theServerIsToEndTransactionsThatStandStill() {
        assertThat(firstStatement("jdbc:postgresql://127.0.0.1:1/ebb"))
                .isEqualTo(SharedStore.FIRST_STATEMENT);
    }

    @Test
    void theEmbeddedStoreHasNoOtherProcessToWaitFor() {
        assertThat(firstStatement("jdbc:h2:mem:unused")).isNull();
    }

    private static String firstStatement(String url) {
        try (var context =
                ApplicationContext.builder()
                        .deduceEnvironment(false)
                        .environments("start")
                        .eagerInitSingletons(false)
                        .properties(
                                Map.of(
                                        "ebb.database.url", url,
                                        // Nobody listens there.
                                        "datasources.default.initialization-fail-timeout", "-1",
                                        "flyway.datasources.default.enabled", "false"))
                        .start()) {
            return context.getBean(DatasourceConfiguration.class, Qualifiers.byName("default"))
                    .getConnectionInitSql();
        }
    }
}
