package io.ebb.orchestrator.azure;

import io.ebb.orchestrator.pool.Approver;
import io.ebb.orchestrator.pool.CloudException;
import io.ebb.orchestrator.pool.Patience;
import java.util.regex.Pattern;

/** Approves events through Azure's control plane: {@code acknowledge} of Microsoft.Maintenance. */
public final class Acknowledgement implements Approver {
    private static final String VERSION = "2023-10-01-preview";
    private static final String RIGHT = "Microsoft.Maintenance/scheduledevents/acknowledge/action";

    /** What an agent calls an event becomes part of a path that is sent with Ebb's own rights. */
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z-]{1,64}");

    private final Arm arm;
    private final AzureSettings settings;

    /** Nothing is sent yet. */
    public Acknowledgement(Arm arm, AzureSettings settings) {
        this.arm = arm;
        this.settings = settings;
    }

    @Override
    public boolean isOn() {
        return settings.acknowledge();
    }

    @Override
    public String right() {
        return RIGHT;
    }

    @Override
    public String approve(String scope, String eventId, Patience patience) {
        var resource = new ArmId(scope);
        var doing = "asking the control plane through " + resource.name();
        if (!ID.matcher(eventId).matches()) {
            throw new CloudException.Permanent(doing + ": Azure gives no such id", null);
        }
        return Edge.await(
                doing,
                arm.act(path(resource, eventId), VERSION, patience)
                        .map(answer -> answer.orThrow(answer.status() == 403 ? hint(doing) : doing))
                        .map(answer -> answer.body().path("value").asText("approved")),
                settings.operationTimeout());
    }

    private static String path(ArmId resource, String eventId) {
        var isSet = resource.part("availabilitySets").isPresent();
        return "/subscriptions/%s/resourcegroups/%s/providers/Microsoft.Compute/%s/%s"
                        .formatted(
                                resource.subscription(),
                                resource.resourceGroup(),
                                isSet ? "availabilitySets" : "virtualMachines",
                                resource.name())
                + "/providers/Microsoft.Maintenance/scheduledevents/%s/acknowledge"
                        .formatted(eventId);
    }

    private static String hint(String doing) {
        return "%s (grant %s, or set ebb.azure.acknowledge=false)".formatted(doing, RIGHT);
    }
}
