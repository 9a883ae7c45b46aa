package io.ebb.orchestrator.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class AzureSettingsTest {

    @Test
    void theyBindWithTheirDefaults() {
        assertThat(
                        bound(
                                Map.of(
                                        "ebb.azure.subscription", "s1",
                                        "ebb.azure.resource-groups", "rg-a, rg-b",
                                        "ebb.azure.ca-file", "pom.xml",
                                        "ebb.azure.endpoint", "https://127.0.0.1:8443",
                                        "ebb.azure.authority", "https://127.0.0.1:8443")))
                .isEqualTo(
                        new AzureSettings(
                                "s1",
                                List.of("rg-a", "rg-b"),
                                "",
                                URI.create("https://127.0.0.1:8443"),
                                URI.create("https://127.0.0.1:8443"),
                                Path.of("pom.xml"),
                                true,
                                true,
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(5),
                                Duration.ofSeconds(10)));
    }

    @ParameterizedTest(name = "{0}={1} is refused, naming {2}")
    @CsvSource({
        "subscription, '', ebb.azure.subscription",
        "resource-groups, '', neither ebb.azure.resource-groups nor ebb.azure.tag",
        "tag, ebb, 'ebb.azure.tag is \"ebb\": expected name=value'",
        "endpoint, http://127.0.0.1, ebb.azure.endpoint is http://127.0.0.1: expected an https URL",
        "authority, https://login.example.com, ebb.azure.authority is https://login.example.com but ebb.azure.endpoint is",
        "ca-file, /nowhere.pem, ebb.azure.ca-file is /nowhere.pem: cannot be read",
        "request-timeout, 6m, 'ebb.azure.request-timeout is PT6M, not shorter than ebb.azure.operation-timeout'",
    })
    void aContradictionIsRefusedByName(String name, String value, String message) {
        var settings = new HashMap<String, Object>();
        settings.put("ebb.azure.subscription", "s1");
        settings.put("ebb.azure.resource-groups", "rg");
        settings.put("ebb.azure." + name, value);

        assertThatThrownBy(() -> bound(settings)).hasStackTraceContaining(message);
    }

    private static AzureSettings bound(Map<String, Object> settings) {
        var all = new HashMap<>(settings);
        all.put("datasources.default.enabled", false);
        all.put("flyway.enabled", false);
        try (var context = ApplicationContext.run(all)) {
            return context.getBean(AzureSettings.class);
        }
    }
}
