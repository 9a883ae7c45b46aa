package io.ebb.orchestrator.fleet;

import io.ebb.protocol.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds reports for tests: a healthy, quiet VM without events, changed by what a test says. */
public final class Reports {
    private final String name;
    private final String vmId;
    private String boot = "boot-1";
    private long sequence = 1;
    private Report.Reading reading = Report.Reading.UNCHANGED;
    private String document = "{\"DocumentIncarnation\":1,\"Events\":[]}";
    private Optional<Duration> age = Optional.of(Duration.ZERO);
    private Duration good = Duration.ofSeconds(10);
    private final List<Report.Missing> missing = new ArrayList<>();
    private final List<Report.Port> ports = new ArrayList<>();
    private Optional<Duration> quiet = Optional.of(Duration.ofMinutes(1));
    private final List<Report.Calm> calm = new ArrayList<>();
    private boolean healthy = true;
    private Optional<Boolean> passing = Optional.empty();
    private boolean told = true;
    private Report.HookState hook = Report.HookState.NONE;
    private final List<Report.Result> results = new ArrayList<>();

    private Reports(String name, String vmId) {
        this.name = name;
        this.vmId = vmId;
        ports.add(new Report.Port(8080, 0, 0, List.of()));
    }

    /** A report of this VM. */
    public static Reports of(String name, String vmId) {
        return new Reports(name, vmId);
    }

    /** An event as Azure's document shows it. */
    public static String event(String id, String status, String notBefore, String... vms) {
        return "{\"EventId\":\"%s\",\"EventStatus\":\"%s\",\"EventType\":\"Reboot\",\"ResourceType\":\"VirtualMachine\",\"Resources\":[\"%s\"],\"NotBefore\":\"%s\",\"Description\":\"Host server is undergoing maintenance.\",\"EventSource\":\"Platform\",\"DurationInSeconds\":-1}"
                .formatted(id, status, String.join("\",\"", vms), notBefore);
    }

    public Reports sees(String... events) {
        document =
                "{\"DocumentIncarnation\":2,\"Events\":[%s]}".formatted(String.join(",", events));
        return this;
    }

    public Reports document(String text) {
        document = text;
        return this;
    }

    public Reports misses(String id, int reads) {
        missing.add(new Report.Missing(id, reads));
        return this;
    }

    public Reports reading(Report.Reading how, Optional<Duration> documentAge) {
        reading = how;
        age = documentAge;
        good = how == Report.Reading.UNKNOWN ? Duration.ZERO : good;
        return this;
    }

    public Reports goodFor(Duration time) {
        good = time;
        return this;
    }

    /** So many connections on the first port that it counts. */
    public Reports connections(int count) {
        ports.set(0, new Report.Port(ports.getFirst().port(), count, 0, List.of()));
        quiet = count == 0 ? quiet : Optional.empty();
        return this;
    }

    /** Its agent counts these ports, and not 8080; no connection is found on them. */
    public Reports counts(Integer... watched) {
        ports.clear();
        for (var port : watched) {
            ports.add(new Report.Port(port, 0, 0, List.of()));
        }
        return this;
    }

    /** So many connections, and no more than may remain for a minute. */
    public Reports calm(int remaining, int count) {
        calm.add(new Report.Calm(remaining, Duration.ofMinutes(1)));
        return connections(count);
    }

    public Reports quietFor(Duration time) {
        ports.set(0, new Report.Port(8080, 0, 0, List.of()));
        quiet = Optional.of(time);
        return this;
    }

    public Reports healthy(boolean value) {
        healthy = value;
        return this;
    }

    public Reports passesProbe(boolean value) {
        passing = Optional.of(value);
        return this;
    }

    /** Whether its agent was last told to pass the probe; it obeys unless a test says otherwise. */
    public Reports toldToPass(boolean value) {
        told = value;
        return this;
    }

    public Reports hook(Report.HookState state) {
        hook = state;
        return this;
    }

    /** What came of an order. */
    public Reports result(String order, boolean ok) {
        results.add(new Report.Result(order, ok, ok ? "answered 200" : "answered 400"));
        return this;
    }

    public Reports boot(String id) {
        boot = id;
        return this;
    }

    public Reports sequence(long number) {
        sequence = number;
        return this;
    }

    public Report build() {
        return new Report(
                "test",
                new Report.Vm(vmId, name, "rg", "s", "/vm/" + name, "", ""),
                boot,
                "run-1",
                sequence,
                Instant.EPOCH,
                new Report.Document(reading, document, age, good, 10, Optional.empty()),
                missing,
                ports,
                quiet,
                calm,
                new Report.Health(healthy, 10, ""),
                Optional.of(
                        new Report.Probe(
                                8090, "/healthz", passing.orElse(told), Duration.ofMinutes(1))),
                new Report.Hook(hook, ""),
                results);
    }
}
