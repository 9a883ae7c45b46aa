package io.ebb.simulator.metadata;

import io.ebb.simulator.control.Faults;
import io.ebb.simulator.maintenance.Controller;
import java.util.function.Predicate;

/**
 * Whom a metadata service asks.
 *
 * @param controller takes the approvals
 * @param tokens makes the tokens of the machine's identity
 * @param balanced whether the machine of this name is in a backend pool in effect
 * @param faults which misbehaviours are on
 */
public record Neighbours(
        Controller controller, TokenIssuer tokens, Predicate<String> balanced, Faults faults) {}
