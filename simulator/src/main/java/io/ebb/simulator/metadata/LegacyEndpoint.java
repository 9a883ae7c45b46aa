package io.ebb.simulator.metadata;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ebb.simulator.maintenance.Event;
import io.ebb.simulator.maintenance.EventRepository;
import io.ebb.simulator.maintenance.EventType;
import io.ebb.simulator.scenario.Vm;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** {@code /metadata/v1}: what was there in 2015. It needs no header and enables nothing. */
final class LegacyEndpoint {
    private static final Duration AHEAD = Duration.ofMinutes(5);
    private static final DateTimeFormatter US =
            DateTimeFormatter.ofPattern("M\\'/'d\\'/'yyyy h:mm:ss a", Locale.US)
                    .withZone(ZoneOffset.UTC);

    private final Vm vm;
    private final EventRepository repository;
    private final InstantSource time;

    LegacyEndpoint(Vm vm, EventRepository repository, InstantSource time) {
        this.vm = vm;
        this.repository = repository;
        this.time = time;
    }

    Answer answer(Request request) {
        if (!request.method().equals("GET")) {
            return Answer.error(405, "Method not allowed");
        }
        return switch (request.segment(2)) {
            case "instanceinfo" ->
                    Answer.json(
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("ID", "_" + vm.name())
                                    .put("UD", Integer.toString(vm.updateDomain()))
                                    .put("FD", Integer.toString(vm.faultDomain())));
            case "maintenance" -> maintenance(time.instant());
            default -> Answer.error(404, "Not found");
        };
    }

    private Answer maintenance(Instant now) {
        var body =
                repository.document().events().stream()
                        .filter(event -> imminentReboot(event, now))
                        .findFirst()
                        .map(LegacyEndpoint::render)
                        .orElse("{}");
        return new Answer(200, "application/json; charset=utf-8", body, java.util.Map.of());
    }

    private boolean imminentReboot(Event event, Instant now) {
        return event.work().type() == EventType.Reboot
                && event.work().vms().stream().anyMatch(vm.name()::equalsIgnoreCase)
                && event.life().impactFrom().isEmpty()
                && !event.notBefore().isAfter(now.plus(AHEAD));
    }

    /** By hand, because the slashes of the date are escaped on the wire. */
    private static String render(Event event) {
        return "{\"EventID\":\"%s\",\"EventCreationTime\":\"%s\"}"
                .formatted(event.id().toLowerCase(Locale.ROOT), US.format(event.createdAt()));
    }
}
