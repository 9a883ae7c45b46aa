package io.ebb.orchestrator.identity;

import java.util.Optional;

/** Tokens that agents and operators show. Only their SHA-256 is stored. */
public interface Credentials {
    /** What a token's owner may do. */
    enum Role {
        AGENT,
        READER,
        OPERATOR,
        ADMIN
    }

    /** The owner of a token. */
    record Owner(String name, Role role) {}

    /**
     * Makes a new random token of at least 256 bits and replaces the owner's former one.
     *
     * @return the token; it cannot be read again
     */
    String issue(Owner owner);

    /** Whose token this is. */
    Optional<Owner> whose(String token);

    /** Whether any token with this role has been issued. */
    boolean any(Role role);
}
