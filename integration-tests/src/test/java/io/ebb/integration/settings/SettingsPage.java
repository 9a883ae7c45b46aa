package io.ebb.integration.settings;

import io.ebb.agent.settings.Option;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Draws {@code docs/configuration.md} from the settings of the orchestrator and of the agent. */
final class SettingsPage {
    private static final String HEAD =
            """
            # Every setting

            Generated from the code; a test fails when this page is stale. \
            Refresh it with `./mvnw -Pdocs verify`.

            ## The orchestrator

            As a variable of the environment, as an option \
            (`--ebb.azure.tag=ebb=yes`), or in a file named by `MICRONAUT_CONFIG_FILES`. \
            Times are `250ms`, `90s`, `30m`, `2h` or `3d`.

            | Setting | Environment | | Default | |
            |---|---|---|---|---|
            """;

    private static final String POLICY =
            """

            What stands below `ebb.policy`, `ebb.pools.<name>` and `ebb.rules.<name>` is [the \
            policy](policy.md#every-setting).
            Who the orchestrator is to Azure it learns as the Azure SDK's `DefaultAzureCredential` \
            does: from a managed identity, or from `AZURE_TENANT_ID`, `AZURE_CLIENT_ID` and \
            `AZURE_CLIENT_SECRET`.

            ### Refused at start

            Tried when this page was generated:

            """;

    private static final String AGENT =
            """

            ## The agent

            A flag (`--poll=2s`) wins over the environment, that over the file that `settings` \
            names (lines like `poll=2s`). Times are `250ms`, `5s`, `2m` or `1h`.

            | Setting | Environment | | Default | |
            |---|---|---|---|---|
            """;

    private static final String AGENT_REFUSED =
            """

            ### Refused at start

            With everything else as it is by default; tried when this page was generated:

            """;

    private SettingsPage() {}

    static String draw() {
        return HEAD
                + Known.all().values().stream().map(SettingsPage::row).collect(Collectors.joining())
                + POLICY
                + table(Contradictions.ofTheOrchestrator())
                + AGENT
                + Arrays.stream(Option.values())
                        .map(SettingsPage::row)
                        .collect(Collectors.joining())
                + AGENT_REFUSED
                + table(Contradictions.ofTheAgent());
    }

    private static String row(Known known) {
        var variable = known.name().toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        return row(known.name(), variable, known.type(), known.byDefault(), known.meaning());
    }

    private static String row(Option option) {
        return row(
                option.key(),
                option.variable(),
                "`" + option.form().replace("|", "\\|") + "`",
                option.byDefault(),
                option.meaning());
    }

    private static String row(
            String name, String variable, String type, String byDefault, String meaning) {
        return "| `%s` | `%s` | %s | %s | %s |\n"
                .formatted(
                        name,
                        variable,
                        type,
                        byDefault.isEmpty() ? "none" : "`" + byDefault + "`",
                        meaning);
    }

    private static String table(List<Contradictions.Tried> tried) {
        return tried.stream()
                .map(each -> "| %s | %s |\n".formatted(each.said(), each.refusal()))
                .collect(Collectors.joining("", "| Set | Said |\n|---|---|\n", ""));
    }
}
