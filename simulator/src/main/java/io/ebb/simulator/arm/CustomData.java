package io.ebb.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the cloud-init of each machine found at its first boot. ARM shows it to nobody, and lets
 * nobody change it.
 */
final class CustomData {
    /** By the key of the machine's id. */
    private final Map<String, String> given = new ConcurrentHashMap<>();

    /** Takes it out of the properties of a machine's body, decoded; empty: there is none. */
    static String take(ObjectNode properties) {
        if (!(properties.get("osProfile") instanceof ObjectNode profile)
                || !profile.has("customData")) {
            return "";
        }
        var data = profile.remove("customData");
        try {
            return new String(Base64.getDecoder().decode(data.asText()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(
                    "InvalidParameter",
                    "Custom data in OSProfile must be in Base64 encoding and with a maximum length"
                            + " of 87380 characters.");
        }
    }

    /** A new machine was given this. */
    void give(ResourceId machine, String data) {
        given.put(machine.key(), data);
    }

    /** Refuses other data than it was given; a body without any changes nothing. */
    void refuseChange(ResourceId machine, String data) {
        if (!data.isEmpty() && !data.equals(given.get(machine.key()))) {
            throw Refusal.conflict(
                    "PropertyChangeNotAllowed",
                    "Changing property 'osProfile.customData' is not allowed.");
        }
    }
}
