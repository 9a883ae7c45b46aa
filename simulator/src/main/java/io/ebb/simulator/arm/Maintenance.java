package io.ebb.simulator.arm;

import io.ebb.simulator.maintenance.Approvals;
import java.util.ArrayList;
import java.util.List;

/** The maintenance provider: approval of scheduled events from outside the machines. */
final class Maintenance {
    private static final String BY = "Microsoft.Maintenance";

    private final Approvals approvals;

    Maintenance(Approvals approvals) {
        this.approvals = approvals;
    }

    /** One event, named in the path, or a list of them in the body. */
    Answer acknowledge(Request request) {
        var segments = request.segments();
        var last = segments.getLast();
        var ids =
                last.equalsIgnoreCase("acknowledge")
                        ? List.of(segments.get(segments.size() - 2))
                        : listed(request);
        for (var id : ids) {
            if (!approvals.approve(id, BY)) {
                throw Refusal.notFound("NotFound", "Scheduled event " + id + " was not found.");
            }
        }
        return Answer.of(200, Json.object().put("value", "Successfully Approved"));
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
