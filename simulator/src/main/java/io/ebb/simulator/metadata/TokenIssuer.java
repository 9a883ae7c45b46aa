package io.ebb.simulator.metadata;

/** Makes the tokens that the simulated ARM accepts. */
@FunctionalInterface
public interface TokenIssuer {
    /**
     * A bearer token.
     *
     * @param client who may use it
     * @param audience what it is for
     */
    String issue(String client, String audience);
}
