package io.ebb.orchestrator.drain;

import java.util.Locale;

/**
 * The key of a scheduled event. EventIds are compared case-insensitively: Azure's channels write
 * the same id in different cases.
 *
 * @param scope the scope unit: the resource id of the availability set or of the standalone VM
 *     whose VMs share one document, lower-cased
 * @param id the EventId, lower-cased
 */
public record EventId(String scope, String id) {
    public EventId {
        scope = scope.toLowerCase(Locale.ROOT);
        id = id.toLowerCase(Locale.ROOT);
    }

    /** Whether Azure means this event by an id that it shows in that scope, whatever their case. */
    public boolean matches(String inScope, String shown) {
        return id.equalsIgnoreCase(shown) && scope.equalsIgnoreCase(inScope);
    }

    @Override
    public String toString() {
        return id;
    }
}
