package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.Strategy;
import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import java.util.Optional;

/**
 * What is different for one pool, {@code ebb.pools.<name>.*}; what is not said follows {@code
 * ebb.policy}.
 *
 * @param name the last segment of the pool's resource id, lower-case
 * @param strategy how members go out
 * @param minimum members that must stay in rotation: a number, or percent like {@code 50%}
 * @param mostOut members that may be out at once
 * @param mode whether Ebb acts on this pool
 * @param allowOutboundLoss whether a VM may leave the pool although that gives it its way out
 */
@EachProperty("ebb.pools")
public record PoolSettings(
        @Parameter String name,
        Optional<Strategy> strategy,
        Optional<String> minimum,
        Optional<Integer> mostOut,
        Optional<Mode> mode,
        Optional<Boolean> allowOutboundLoss) {}
