package io.ebb.orchestrator.simulation;

import io.ebb.orchestrator.drain.EventType;
import io.ebb.orchestrator.fleet.Reports;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One scheduled event as Azure truly has it. Its time is told by Azure's clock, which is wrong. */
final class Announced {
    /** What a document says of it, or said until it changed. */
    record Shown(EventType type, Instant notBefore, long until) {}

    final String id;
    private final long skew;
    private final int expected;
    private final List<Shown> past = new ArrayList<>();
    EventType type;
    final List<Machine> machines;
    final boolean strangers;
    long notBefore;
    long shownSince;
    long knownSince = -1;
    long goneAt = -1;
    long startedAt = -1;
    boolean shown;
    boolean started;

    /**
     * @param expected seconds that Azure expects it to last; -1: it does not know
     * @param skew how far Azure's clock goes ahead, in milliseconds
     */
    Announced(
            String id,
            EventType type,
            List<Machine> machines,
            boolean strangers,
            long notBefore,
            int expected,
            long skew) {
        this.id = id;
        this.type = type;
        this.machines = List.copyOf(machines);
        this.strangers = strangers;
        this.notBefore = notBefore;
        this.expected = expected;
        this.skew = skew;
    }

    String scope() {
        return machines.getFirst().scope;
    }

    boolean names(Machine machine) {
        return machines.contains(machine);
    }

    /** It becomes something else, or moves to another time. */
    void becomes(EventType type, long notBefore, long now) {
        past.add(new Shown(this.type, time(), now));
        this.type = type;
        this.notBefore = notBefore;
    }

    /** What documents say of it, and before that what they have said since then. */
    List<Shown> lately(long since) {
        var lately = new ArrayList<Shown>();
        lately.add(new Shown(type, time(), Long.MAX_VALUE));
        past.stream().filter(shown -> shown.until() > since).forEach(lately::add);
        return lately;
    }

    /** Azure writes whole seconds. */
    private Instant time() {
        return Clockwork.at(notBefore + skew).truncatedTo(ChronoUnit.SECONDS);
    }

    Optional<Duration> expected() {
        return expected < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(expected));
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
                                time().atOffset(ZoneOffset.UTC));
        var word = type.name().charAt(0) + type.name().substring(1).toLowerCase(Locale.ROOT);
        return Reports.event(
                        id, started ? "Started" : "Scheduled", time, names.toArray(String[]::new))
                .replace("\"Reboot\"", "\"" + word + "\"")
                .replace("InSeconds\":-1", "InSeconds\":" + expected);
    }
}
