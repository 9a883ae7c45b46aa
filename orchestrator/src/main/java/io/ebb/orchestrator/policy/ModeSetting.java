package io.ebb.orchestrator.policy;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * Whether Ebb acts, {@code ebb.mode}.
 *
 * @param mode {@code observe}: decide and record, and touch nothing; {@code enforce}: act
 */
@ConfigurationProperties("ebb")
record ModeSetting(@Bindable(defaultValue = "observe") Mode mode) {}
