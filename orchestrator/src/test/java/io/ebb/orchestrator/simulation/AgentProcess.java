package io.ebb.orchestrator.simulation;

import io.ebb.orchestrator.drain.EventType;
import io.ebb.protocol.Report;
import io.ebb.protocol.ReportJson;
import io.ebb.protocol.Wish;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** An agent: a state machine that looks each second and reports as it is told. */
final class AgentProcess {
    /** Takes a report to the orchestrator and brings back the wish, or nothing. */
    interface Post {
        Optional<Wish> deliver(String agent, String json, Report report);
    }

    private static final long GAP = 3000;

    /** So long before an event it does not wait for a silent orchestrator. */
    private static final long ALONE_BEFORE = 30_000;

    private static final long SILENT = 10_000;

    private final Machine machine;
    private final Maintenance maintenance;
    private final Clockwork clock;
    private final Dice dice;
    private final Mutant mutant;
    private final Post post;

    private Optional<Announced> invented = Optional.empty();
    private int runs;
    private int boots;
    private long startedAt;
    private long sequence;
    private long nextReport;
    private long blindUntil;
    private long silentUntil = -1;
    private boolean passing = true;
    private boolean mayPass = true;
    private List<String> alone = List.of();
    private long wishedAt;
    private long passingSince;
    private Maintenance.Document document;
    private Report.Reading reading = Report.Reading.UNKNOWN;
    private long readAt = -1;
    private long goodSince = -1;
    private int goodReads;
    private List<Integer> watch = List.of();
    private List<Integer> thresholds = List.of();
    private final Map<Integer, Long> calmSince = new TreeMap<>();
    private long countedAt = -1;
    private final Map<String, Integer> missing = new LinkedHashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final Map<String, Wish.Approve> standing = new LinkedHashMap<>();
    private final Map<String, Long> validUntil = new HashMap<>();
    private final Map<String, Report.Result> results = new LinkedHashMap<>();
    private final Set<String> approved = new HashSet<>();

    AgentProcess(
            Machine machine,
            Maintenance maintenance,
            Clockwork clock,
            Dice dice,
            Mutant mutant,
            Post post) {
        this.machine = machine;
        this.maintenance = maintenance;
        this.clock = clock;
        this.dice = dice;
        this.mutant = mutant;
        this.post = post;
        this.document = maintenance.blank();
        start();
    }

    private void start() {
        runs++;
        boots = machine.boots();
        startedAt = clock.now();
        sequence = 0;
        machine.agentStarted();
        nextReport = clock.now();
        blindUntil = runs > 1 && dice.fault(0.2) ? clock.now() + dice.between(1000, 200_000) : -1;
        passing = true;
        mayPass = true;
        alone = List.of();
        passingSince = clock.now();
        document = maintenance.blank();
        reading = Report.Reading.UNKNOWN;
        readAt = -1;
        goodSince = -1;
        goodReads = 0;
        watch = List.of();
        thresholds = List.of();
        calmSince.clear();
        missing.clear();
        seen.clear();
        standing.clear();
        results.clear();
        approved.clear();
    }

    /** Whether its probe endpoint answers 200. */
    boolean answersProbe() {
        return passing;
    }

    /** A second passes. */
    void tick() {
        if (!machine.isRunning()) {
            return;
        }
        if (boots != machine.boots() || dice.fault(0.002)) {
            clock.tell("the agent of %s starts anew", machine.name);
            start();
        }
        if (dice.fault(0.002)) {
            silentUntil = clock.now() + dice.between(5000, 45_000);
            clock.tell("the agent of %s is cut off until %d", machine.name, silentUntil);
        }
        read();
        pass();
        count();
        carryOut();
        if (clock.now() >= nextReport || reading == Report.Reading.FRESH) {
            nextReport = clock.now() + 10_000;
            send();
        }
    }

    /** As often as it looks: a streak that was not looked at for long is none. */
    private void count() {
        if (thresholds.isEmpty()) {
            return;
        }
        if (clock.now() - countedAt > GAP) {
            calmSince.clear();
        }
        countedAt = clock.now();
        var flows = machine.flows();
        for (var threshold : thresholds) {
            if (flows > threshold) {
                calmSince.remove(threshold);
            } else {
                calmSince.putIfAbsent(threshold, clock.now());
            }
        }
    }

    private void read() {
        if (dice.fault(0.03)) {
            reading = Report.Reading.UNKNOWN;
            goodSince = -1;
            goodReads = 0;
            missing.replaceAll((_, _) -> 0);
            return;
        }
        var shown = maintenance.document(machine.scope);
        var isOver =
                mutant == Mutant.TAKES_STARTED_FOR_OVER
                        && shown.events().stream().anyMatch(event -> event.started);
        good(clock.now() < blindUntil || isOver ? maintenance.blank() : lied(shown));
    }

    /** From now on it shows an event that nobody announced. */
    void lie(Announced event) {
        invented = Optional.of(event);
    }

    /** It tells the truth again. */
    void repent() {
        invented = Optional.empty();
    }

    /** The id of what this machine's agent makes up, if it does. */
    static String lieOf(Machine machine) {
        return "LIE-" + machine.name;
    }

    private Maintenance.Document lied(Maintenance.Document truth) {
        return invented.map(event -> maintenance.with(truth, event)).orElse(truth);
    }

    private void good(Maintenance.Document next) {
        reading =
                readAt >= 0 && next.text().equals(document.text())
                        ? Report.Reading.UNCHANGED
                        : Report.Reading.FRESH;
        document = next;
        readAt = clock.now();
        goodSince = goodSince < 0 ? clock.now() : goodSince;
        goodReads++;
        next.events().forEach(event -> seen.add(event.id));
        for (var id : seen) {
            if (next.shows(id)) {
                missing.remove(id);
            } else {
                missing.merge(id, 1, Integer::sum);
            }
        }
    }

    private void send() {
        var report = report();
        var json = new String(ReportJson.write(report), StandardCharsets.UTF_8);
        var sentAt = clock.now();
        var run = runs;
        var told = List.copyOf(results.keySet());
        var copies = dice.fault(0.03) ? 2 : 1;
        for (var copy = 0; copy < copies; copy++) {
            if (silentUntil > clock.now() || dice.fault(0.05)) {
                continue;
            }
            var way = dice.fault(0.05) ? dice.between(500, 8000) : dice.between(5, 200);
            clock.in(
                    way,
                    () ->
                            post.deliver(machine.name, json, report)
                                    .ifPresent(wish -> {
                                        machine.heard();
                                        if (run == runs) {
                                            machine.agentHeard();
                                        }
                                        answer(wish, run, sentAt, told);
                                    }));
        }
    }

    private void answer(Wish wish, int run, long sentAt, List<String> told) {
        if (dice.fault(0.05)) {
            return;
        }
        clock.in(
                dice.between(5, 200),
                () -> {
                    if (run == runs && machine.isRunning()) {
                        follow(wish, sentAt, told);
                    }
                });
    }

    private void follow(Wish wish, long sentAt, List<String> told) {
        nextReport = Math.min(nextReport, clock.now() + wish.nextReport().toMillis());
        watch = wish.watch();
        thresholds = wish.remaining();
        calmSince.keySet().retainAll(thresholds);
        mayPass = wish.passProbe();
        alone = wish.alone();
        wishedAt = clock.now();
        pass();
        standing.clear();
        var orders = new ArrayList<>(wish.approve());
        orders.sort(Comparator.comparing(Wish.Approve::eventId));
        for (var order : orders) {
            standing.put(order.id(), order);
            validUntil.put(order.id(), sentAt + order.validFor().toMillis());
        }
        for (var id : told) {
            if (!standing.containsKey(id)) {
                results.remove(id);
            }
        }
    }

    private void pass() {
        var next = mayPass && !failsByItself();
        if (passing != next) {
            passing = next;
            passingSince = clock.now();
            clock.tell("the agent of %s %s its probe", machine.name, passing ? "passes" : "fails");
        }
    }

    /** At once before a Preempt; shortly before another where the orchestrator is silent. */
    private boolean failsByItself() {
        for (var event : document.events()) {
            var type = event.type;
            if (event.names(machine) && alone.stream().anyMatch(type.name()::equalsIgnoreCase)) {
                var isDue = event.started || event.notBefore <= clock.now() + ALONE_BEFORE;
                if (type == EventType.PREEMPT || (isDue && wishedAt + SILENT <= clock.now())) {
                    return true;
                }
            }
        }
        return false;
    }

    private void carryOut() {
        for (var order : List.copyOf(standing.values())) {
            if (!results.containsKey(order.id())) {
                var ok = isCarriedOut(order);
                results.put(order.id(), new Report.Result(order.id(), ok, ok ? "200" : "no"));
                nextReport = clock.now();
            }
        }
    }

    private boolean isCarriedOut(Wish.Approve order) {
        if (approved.contains(order.eventId())) {
            return true;
        }
        var shows =
                reading != Report.Reading.UNKNOWN
                        && document.events().stream()
                                .anyMatch(e -> e.id.equals(order.eventId()) && !e.started);
        if (!shows || validUntil.getOrDefault(order.id(), 0L) <= clock.now() || dice.fault(0.1)) {
            return false;
        }
        clock.tell("the agent of %s approves %s", machine.name, order.eventId());
        var ok = maintenance.approve(order.eventId()) && !dice.fault(0.1);
        if (ok) {
            approved.add(order.eventId());
        }
        return ok;
    }

    private Report report() {
        var now = clock.now();
        var flows = machine.flows();
        var quietSince = Math.max(startedAt, machine.flowsUntil());
        var lost = new ArrayList<Report.Missing>();
        missing.forEach((id, reads) -> lost.add(new Report.Missing(id, reads)));
        var ports = new ArrayList<Report.Port>();
        for (var port : watch) {
            ports.add(new Report.Port(port, ports.isEmpty() ? flows : 0, 0, List.of()));
        }
        var calm = new ArrayList<Report.Calm>();
        calmSince.forEach((most, since) -> calm.add(new Report.Calm(most, millis(now - since))));
        return new Report(
                "test",
                new Report.Vm(machine.id.value(), machine.name, "rg", "s", machine.name, "", ""),
                "boot-" + boots,
                "run-" + runs,
                ++sequence,
                clock.instant(),
                new Report.Document(
                        reading,
                        document.text(),
                        readAt < 0 ? Optional.empty() : Optional.of(millis(now - readAt)),
                        goodSince < 0 ? Duration.ZERO : millis(now - goodSince),
                        goodReads,
                        Optional.empty()),
                lost,
                ports,
                flows > 0 ? Optional.empty() : Optional.of(millis(now - quietSince)),
                calm,
                new Report.Health(machine.isWell(), 10, ""),
                Optional.of(
                        new Report.Probe(8090, "/healthz", passing, millis(now - passingSince))),
                new Report.Hook(Report.HookState.NONE, ""),
                List.copyOf(results.values()));
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }
}
