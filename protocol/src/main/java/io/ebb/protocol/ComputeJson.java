package io.ebb.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What the metadata service says about the VM itself, {@code /metadata/instance/compute}. */
public final class ComputeJson {
    private ComputeJson() {}

    /**
     * Reads it. All values are strings there, and empty when they do not apply.
     *
     * @throws MalformedException naming the path; {@code vmId} and {@code name} must be there
     */
    public static Report.Vm read(String text) {
        Node in = Node.read("compute", text.getBytes(StandardCharsets.UTF_8));
        String scaleSet = in.text("vmScaleSetName");
        return new Report.Vm(
                filled(in, "vmId"),
                filled(in, "name"),
                in.text("resourceGroupName"),
                in.text("subscriptionId"),
                in.text("resourceId"),
                scaleSet.isEmpty() ? flexible(in).orElse("") : scaleSet,
                in.text("placementGroupId"));
    }

    /** A VM of a flexible scale set names it by its resource id only. */
    private static Optional<String> flexible(Node in) {
        return in.find("virtualMachineScaleSet")
                .map(set -> set.text("id"))
                .map(id -> id.substring(id.lastIndexOf('/') + 1));
    }

    private static String filled(Node in, String name) {
        Node field = in.need(name);
        if (field.text().isBlank()) {
            throw field.bad("empty");
        }
        return field.text();
    }
}
