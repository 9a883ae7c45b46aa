package io.ebb.orchestrator.simulation;

import io.ebb.orchestrator.drain.EventType;
import io.ebb.orchestrator.fleet.Reports;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One scheduled event as Azure truly has it. Its time is told by Azure's clock, which is wrong. */
final class Announced {
    final String id;
    private final long skew;
    EventType type;
    final List<Machine> machines;
    final boolean strangers;
    long notBefore;
    long shownSince;
    long knownSince = -1;
    long goneAt = -1;
    boolean shown;
    boolean started;

    Announced(
            String id,
            EventType type,
            List<Machine> machines,
            boolean strangers,
            long notBefore,
            long skew) {
        this.id = id;
        this.type = type;
        this.machines = List.copyOf(machines);
        this.strangers = strangers;
        this.notBefore = notBefore;
        this.skew = skew;
    }

    String scope() {
        return machines.getFirst().scope;
    }

    boolean names(Machine machine) {
        return machines.contains(machine);
    }

    String json() {
        var names = new ArrayList<String>();
        machines.forEach(machine -> names.add(machine.name));
        if (strangers) {
            names.add("db-9");
        }
        var time =
                started
                        ? ""
                        : DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                Clockwork.at(notBefore + skew).atOffset(ZoneOffset.UTC));
        var word = type.name().charAt(0) + type.name().substring(1).toLowerCase(Locale.ROOT);
        return Reports.event(
                        id, started ? "Started" : "Scheduled", time, names.toArray(String[]::new))
                .replace("\"Reboot\"", "\"" + word + "\"");
    }
}
