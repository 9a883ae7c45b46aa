package io.ebb.orchestrator.identity;

import java.util.List;

/** The roles that endpoints ask for. */
public final class Roles {
    /** May look. */
    public static final String READER = "Ebb.Reader";

    /** May look and steer. */
    public static final String OPERATOR = "Ebb.Operator";

    /** May do everything, enrolling agents included. */
    public static final String ADMIN = "Ebb.Admin";

    /** May report for its own VM, and nothing else. */
    public static final String AGENT = "Ebb.Agent";

    private Roles() {}

    /** The roles of a token's owner. */
    static List<String> of(Credentials.Role role) {
        return switch (role) {
            case AGENT -> List.of(AGENT);
            case READER -> List.of(READER);
            case OPERATOR -> List.of(READER, OPERATOR);
            case ADMIN -> List.of(READER, OPERATOR, ADMIN);
        };
    }
}
