package io.ebb.simulator.metadata;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebb.simulator.maintenance.Document;
import io.ebb.simulator.maintenance.Event;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Locale;

/**
 * The Scheduled Events document as the versions write it.
 *
 * @param version one of {@link ApiVersions#SCHEDULED_EVENTS}
 * @param wrongWeekday NotBefore names the day after the right one
 * @param otherCase names in upper case, ids in lower case
 * @param duplicate each event twice
 */
record Rendering(String version, boolean wrongWeekday, boolean otherCase, boolean duplicate) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter WEEKDAY =
            DateTimeFormatter.ofPattern("EEE", Locale.ROOT).withZone(ZoneOffset.UTC);

    static Rendering of(String version) {
        return new Rendering(version, false, false, false);
    }

    ObjectNode render(Document document) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("DocumentIncarnation", document.incarnation());
        var list = json.putArray("Events");
        var events = new ArrayList<Event>();
        for (var event : document.events()) {
            if (knows(event)) {
                events.add(event);
                if (duplicate) {
                    events.add(event);
                }
            }
        }
        events.forEach(event -> list.add(render(event)));
        return json;
    }

    private boolean knows(Event event) {
        return switch (event.work().type()) {
            case Freeze, Reboot, Redeploy -> true;
            case Preempt -> ApiVersions.atLeast(version, "2017-11-01");
            case Terminate -> ApiVersions.atLeast(version, "2019-01-01");
        };
    }

    private ObjectNode render(Event event) {
        var work = event.work();
        var json = JsonNodeFactory.instance.objectNode();
        json.put("EventId", otherCase ? event.id().toLowerCase(Locale.ROOT) : event.id());
        json.put("EventStatus", event.started() ? "Started" : "Scheduled");
        json.put("EventType", work.type().name());
        json.put("ResourceType", "VirtualMachine");
        var resources = json.putArray("Resources");
        work.vms().forEach(vm -> resources.add(resource(vm)));
        json.put("NotBefore", event.started() ? "" : time(event.notBefore()));
        if (ApiVersions.atLeast(version, "2019-04-01")) {
            json.put("Description", work.description());
        }
        if (ApiVersions.atLeast(version, "2019-08-01")) {
            json.put("EventSource", work.source().name());
        }
        if (ApiVersions.atLeast(version, "2020-07-01")) {
            json.put("DurationInSeconds", work.durationSeconds());
        }
        return json;
    }

    private String resource(String vm) {
        var name = otherCase ? vm.toUpperCase(Locale.ROOT) : vm;
        return version.equals("2017-03-01") ? "_" + name : name;
    }

    private String time(Instant instant) {
        var day = wrongWeekday ? instant.plusSeconds(86_400) : instant;
        return WEEKDAY.format(day) + ", " + TIME.format(instant);
    }
}
