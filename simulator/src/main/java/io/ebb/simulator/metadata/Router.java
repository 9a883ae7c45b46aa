package io.ebb.simulator.metadata;

/** Which endpoint answers, after the rules that hold for all of them. */
record Router(
        ScheduledEventsEndpoint scheduledEvents,
        InstanceEndpoint instance,
        IdentityEndpoint identity,
        LoadBalancerEndpoint loadBalancer,
        LegacyEndpoint legacy) {

    private static final String HEADER_MISSING = "Required metadata header not specified";

    Answer answer(Request request) throws InterruptedException {
        if (!request.segment(0).equals("metadata")) {
            return Answer.error(404, "Not found");
        }
        if (request.segment(1).equals("v1")) {
            return legacy.answer(request);
        }
        if (request.header("X-Forwarded-For").isPresent()) {
            return Answer.error(400, "Bad request. X-Forwarded-For must not be present");
        }
        if (request.repeatsAParameter()) {
            return Answer.error(400, "Bad request. A query parameter occurs more than once");
        }
        boolean header = request.header("Metadata").filter("true"::equalsIgnoreCase).isPresent();
        return switch (request.segment(1)) {
            case "scheduledevents" -> scheduledEvents(request, header);
            case "identity" -> header ? identity(request) : IdentityEndpoint.headerMissing();
            case "instance" -> header ? instance(request) : Answer.error(400, HEADER_MISSING);
            case "loadbalancer" ->
                    header ? loadBalancer(request) : Answer.error(400, HEADER_MISSING);
            case "versions" -> header ? ApiVersions.list() : Answer.error(400, HEADER_MISSING);
            default -> Answer.error(404, "Not found");
        };
    }

    private Answer scheduledEvents(Request request, boolean header) throws InterruptedException {
        var version = request.parameter("api-version").orElse("");
        boolean known = ApiVersions.SCHEDULED_EVENTS.contains(version);
        if (!header && !(known && !ApiVersions.atLeast(version, "2017-08-01"))) {
            return Answer.error(400, HEADER_MISSING);
        }
        return known ? scheduledEvents.answer(request, version) : ApiVersions.badVersion();
    }

    private Answer instance(Request request) {
        var version = request.parameter("api-version").orElse("");
        return ApiVersions.ALL.contains(version)
                ? instance.answer(request, version)
                : ApiVersions.badVersion();
    }

    private Answer loadBalancer(Request request) {
        var version = request.parameter("api-version").orElse("");
        return ApiVersions.ALL.contains(version)
                        && ApiVersions.atLeast(version, LoadBalancerEndpoint.SINCE)
                ? loadBalancer.answer(request)
                : ApiVersions.badVersion();
    }

    private Answer identity(Request request) {
        var version = request.parameter("api-version").orElse("");
        return ApiVersions.ALL.contains(version) && ApiVersions.atLeast(version, "2018-02-01")
                ? identity.answer(request)
                : Answer.error(400, "bad_request", "api-version is invalid or missing");
    }
}
