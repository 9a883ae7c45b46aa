package io.ebb.orchestrator.control;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import java.time.Duration;

/** Makes the retention at start, so that one that is too short is known at once. */
@Factory
final class RetentionFromSettings {
    @Context
    Retention retention(@Property(name = "ebb.retention", defaultValue = "90d") Duration length) {
        return new Retention(length);
    }
}
