package io.ebb.integration.settings;

import io.ebb.agent.settings.Settings;
import io.ebb.agent.settings.SettingsException;
import io.ebb.orchestrator.azure.AzureSettings;
import io.ebb.orchestrator.control.LeaseSettings;
import io.ebb.orchestrator.control.ReadingSettings;
import io.ebb.orchestrator.control.Retention;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Settings that refuse each other, tried: what is said then. */
final class Contradictions {
    private static final String ONE = "11111111-2222-3333-4444-555555555555";
    private static final URI PUBLIC = URI.create("https://management.azure.com");
    private static final URI OTHER = URI.create("https://login.example");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /**
     * One that was tried.
     *
     * @param said what is set, as a reader would write it
     */
    record Tried(String said, String refusal) {}

    private interface Try {
        Object make() throws SettingsException;
    }

    private Contradictions() {}

    /** Those of the orchestrator. */
    static List<Tried> ofTheOrchestrator() {
        return List.of(
                tried(
                        "neither `ebb.azure.resource-groups` nor `ebb.azure.tag`",
                        () -> azure("", List.of(), PUBLIC, SECOND, MINUTE)),
                tried("`ebb.azure.tag=web`", () -> azure("web", List.of(), PUBLIC, SECOND, MINUTE)),
                tried(
                        "`ebb.azure.endpoint=http://arm.example`",
                        () -> groups(URI.create("http://arm.example"), SECOND, MINUTE)),
                tried(
                        "`ebb.azure.authority` with the public endpoint",
                        () -> groups(PUBLIC, SECOND, MINUTE, OTHER)),
                tried(
                        "`ebb.azure.request-timeout=1m`, `ebb.azure.operation-timeout=1m`",
                        () -> groups(PUBLIC, MINUTE, MINUTE)),
                tried("`ebb.lease=1s`", () -> new LeaseSettings(SECOND)),
                tried("`ebb.reading-age=1m`", () -> new ReadingSettings(MINUTE)),
                tried(
                        "`ebb.reading-age=5s`, `ebb.lease=10s`",
                        () -> follow(Duration.ofSeconds(5), Duration.ofSeconds(10))),
                tried("`ebb.retention=1d`", () -> new Retention(Duration.ofDays(1))));
    }

    /** Those of the agent. */
    static List<Tried> ofTheAgent() {
        return List.of(
                agent("--poll=20s"),
                agent("--health-every=20s"),
                agent("--report=20m"),
                agent("--health=tcp:8090"));
    }

    private static AzureSettings groups(URI endpoint, Duration request, Duration operation) {
        return azure("", List.of("rg"), endpoint, request, operation);
    }

    private static AzureSettings groups(
            URI endpoint, Duration request, Duration operation, URI authority) {
        return new AzureSettings(
                ONE,
                List.of("rg"),
                "",
                endpoint,
                authority,
                null,
                true,
                true,
                request,
                operation,
                SECOND);
    }

    private static AzureSettings azure(
            String tag, List<String> groups, URI endpoint, Duration request, Duration operation) {
        return new AzureSettings(
                ONE, groups, tag, endpoint, null, null, true, true, request, operation, SECOND);
    }

    /** As the loop does at start. */
    private static ReadingSettings follow(Duration readingAge, Duration lease) {
        var reading = new ReadingSettings(readingAge);
        reading.checkAgainst(new LeaseSettings(lease));
        return reading;
    }

    private static Tried agent(String flag) {
        var join = "--join=https://ebb.example:8400#" + "0".repeat(64) + ".token";
        return tried("`" + flag + "`", () -> Settings.read(List.of(join, flag), Map.of()));
    }

    private static Tried tried(String said, Try attempt) {
        try {
            var made = attempt.make();
            throw new AssertionError(said + " is not refused: " + made);
        } catch (SettingsException | RuntimeException e) {
            return new Tried(said, String.valueOf(e.getMessage()));
        }
    }
}
