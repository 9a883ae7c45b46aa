package io.ebb.simulator.arm;

import io.ebb.simulator.maintenance.Approvals;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The maintenance provider: approval of scheduled events from outside the machines. */
final class Maintenance {
    private static final String BY = "Microsoft.Maintenance";

    private final Resources resources;
    private final Approvals approvals;

    Maintenance(Resources resources, Approvals approvals) {
        this.resources = resources;
        this.approvals = approvals;
    }

    /**
     * One event, named in the path, or a list of them in the body. They are events of a machine or
     * of an availability set: those of others are not found there.
     */
    Answer acknowledge(Request request, ResourceId resource) {
        var segments = request.segments();
        var last = segments.getLast();
        var ids =
                last.equalsIgnoreCase("acknowledge")
                        ? List.of(segments.get(segments.size() - 2))
                        : listed(request);
        var machines = machines(resource);
        for (var id : ids) {
            if (!approvals.approve(id, machines, BY)) {
                throw Refusal.notFound("NotFound", "Scheduled event " + id + " was not found.");
            }
        }
        return Answer.of(200, Json.object().put("value", "Successfully Approved"));
    }

    /** The machine itself, or those of the set. */
    private List<String> machines(ResourceId resource) {
        var segments = resource.segments();
        return resources.list(segments.get(2), segments.get(4), MachineWrites.VMS).stream()
                .filter(vm ->
                        Stream.of(vm.path("id"), vm.at("/properties/availabilitySet/id"))
                                .anyMatch(id -> ResourceId.same(id.asText(), resource.text())))
                .map(vm -> vm.path("name").asText())
                .toList();
    }

    private static List<String> listed(Request request) {
        var ids = new ArrayList<String>();
        Json.read(request.body()).path("value").forEach(id -> ids.add(id.asText()));
        if (ids.isEmpty()) {
            throw Refusal.badRequest("BadRequest", "No scheduled event is named.");
        }
        return ids;
    }
}
