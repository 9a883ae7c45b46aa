package io.ebb.orchestrator.drain;

import java.util.Locale;

/**
 * Azure's {@code vmId}, lower-cased. A VM is never keyed by its name alone: names are used again.
 */
public record VmId(String value) {
    public VmId {
        value = value.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return value;
    }
}
