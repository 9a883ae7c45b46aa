package io.ebb.integration.container;

import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/** The rule behind {@link NeedsDocker}. */
final class DockerCondition implements ExecutionCondition {
    private static final String PROPERTY = "ebb.containers";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        var result =
                decide(
                        System.getProperty(PROPERTY, "auto"),
                        () -> DockerClientFactory.instance().isDockerAvailable());
        if (result.isDisabled()) {
            System.out.println(
                    "skipped, no Docker engine answers: "
                            + context.getDisplayName()
                            + " (-D"
                            + PROPERTY
                            + "=required makes this a failure)");
        }
        return result;
    }

    static ConditionEvaluationResult decide(String containers, BooleanSupplier answers) {
        return switch (containers) {
            case "required" -> ConditionEvaluationResult.enabled("containers are required");
            case "auto" ->
                    answers.getAsBoolean()
                            ? ConditionEvaluationResult.enabled("a Docker engine answers")
                            : ConditionEvaluationResult.disabled("no Docker engine answers");
            default ->
                    throw new IllegalArgumentException(
                            PROPERTY + "=" + containers + ": expected auto or required");
        };
    }
}
