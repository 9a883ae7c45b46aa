package io.ebb.simulator.metadata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ebb.simulator.control.Faults;
import io.ebb.simulator.control.MetadataFault;
import io.ebb.simulator.maintenance.Controller;
import io.ebb.simulator.maintenance.Document;
import io.ebb.simulator.maintenance.EventRepository;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** {@code /metadata/scheduledevents}: the document of the scope unit, and approvals. */
final class ScheduledEventsEndpoint {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String vm;
    private final EventRepository repository;
    private final Controller controller;
    private final Faults faults;
    private final InstantSource time;
    private final Duration firstEvents;
    private Optional<Document> stale = Optional.empty();

    /** When this machine's first request came since the service was enabled. */
    private Optional<Instant> enabledAt = Optional.empty();

    ScheduledEventsEndpoint(
            String vm,
            Duration firstEvents,
            EventRepository repository,
            Controller controller,
            Faults faults,
            InstantSource time) {
        this.vm = vm;
        this.firstEvents = firstEvents;
        this.repository = repository;
        this.controller = controller;
        this.faults = faults;
        this.time = time;
    }

    Answer answer(Request request, String version) throws InterruptedException {
        return switch (request.method()) {
            case "GET" -> read(request, version);
            case "POST" -> approve(request);
            default -> Answer.error(405, "Method not allowed");
        };
    }

    private Answer read(Request request, String version) throws InterruptedException {
        asked();
        var wait = Duration.between(time.instant(), repository.requested(time.instant()));
        if (wait.isPositive()) {
            Thread.sleep(wait);
        }
        if (on(MetadataFault.EmptyBody.class)) {
            return Answer.empty(200);
        }
        var rendering =
                new Rendering(
                        version,
                        on(MetadataFault.WrongWeekday.class),
                        on(MetadataFault.OtherCase.class),
                        on(MetadataFault.Duplicate.class));
        var answer = Answer.json(rendering.render(document()));
        var etag = etag(answer);
        // Which form Azure's tags have is not known; clients send them back in either.
        boolean unchanged =
                request.header("If-None-Match")
                        .map(tag -> tag.replace("\"", "").equals(etag))
                        .orElse(false);
        return (unchanged ? Answer.empty(304) : answer).with("ETag", "\"" + etag + "\"");
    }

    private synchronized Document document() {
        if (on(MetadataFault.Stale.class)) {
            var shown = stale.orElseGet(repository::document);
            stale = Optional.of(shown);
            return shown;
        }
        stale = Optional.empty();
        return isBlind(time.instant()) ? Document.EMPTY : repository.document();
    }

    private synchronized void asked() {
        if (enabledAt.isEmpty() || !repository.enabled(time.instant())) {
            enabledAt = Optional.of(time.instant());
        }
    }

    private boolean isBlind(Instant now) {
        boolean isFresh = enabledAt.filter(at -> now.isBefore(at.plus(firstEvents))).isPresent();
        return isFresh
                || faults.metadata(vm, MetadataFault.Blind.class)
                        .filter(blind -> now.isBefore(blind.until()))
                        .isPresent();
    }

    /** The content type is not looked at, nor is any field but the ids: real clients send all. */
    private Answer approve(Request request) {
        repository.requested(time.instant());
        var ids = ids(request.body());
        if (ids.isEmpty()) {
            return Answer.error(400, "Bad request. StartRequests is missing or malformed");
        }
        if (on(MetadataFault.ApprovalsFail.class)) {
            return Answer.error(500, "Internal server error");
        }
        boolean allListed = true;
        for (var id : ids.get()) {
            allListed &= controller.approve(id, vm, repository);
        }
        return allListed || on(MetadataFault.UnknownIdApproved.class)
                ? Answer.empty(200)
                : Answer.error(400, "Bad request. EventId is not listed");
    }

    private static Optional<List<String>> ids(String body) {
        JsonNode requests;
        try {
            requests = JSON.readTree(body).path("StartRequests");
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        var ids = new ArrayList<String>();
        for (var request : requests) {
            var id = request.path("EventId");
            if (!id.isTextual()) {
                return Optional.empty();
            }
            ids.add(id.textValue());
        }
        return requests.isArray() && !ids.isEmpty() ? Optional.of(ids) : Optional.empty();
    }

    private boolean on(Class<? extends MetadataFault> kind) {
        return faults.metadata(vm, kind).isPresent();
    }

    private static String etag(Answer answer) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var hash = digest.digest(answer.body().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
