package io.ebb.orchestrator.drain;

import java.util.Locale;

/** The resource id of a backend pool, lower-cased: ARM's ids are case-insensitive. */
public record PoolId(String value) {
    public PoolId {
        value = value.toLowerCase(Locale.ROOT);
    }

    /** The last segment of the id, for people. */
    public String name() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return value;
    }
}
