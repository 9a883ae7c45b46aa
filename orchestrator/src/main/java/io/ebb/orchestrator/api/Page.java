package io.ebb.orchestrator.api;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/** A list, in an object that may grow. */
@Serdeable
record Page<T>(List<T> value) {}
