package io.ebb.orchestrator.api;

import io.ebb.orchestrator.control.Latest;
import io.ebb.orchestrator.drain.Cause;
import io.ebb.orchestrator.drain.Connections;
import io.ebb.orchestrator.drain.Event;
import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.drain.EventType;
import io.ebb.orchestrator.drain.Member;
import io.ebb.orchestrator.drain.MemberId;
import io.ebb.orchestrator.drain.Notice;
import io.ebb.orchestrator.drain.Plan;
import io.ebb.orchestrator.drain.Pool;
import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.Standing;
import io.ebb.orchestrator.drain.Strategy;
import io.ebb.orchestrator.drain.Taken;
import io.ebb.orchestrator.drain.Terms;
import io.ebb.orchestrator.drain.Vm;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.drain.World;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.pool.Inventory;
import io.ebb.protocol.Report;
import io.ebb.protocol.ReportJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Three VMs behind one pool; web-1 is quiesced for a reboot. */
final class Fleet {
    static final Instant NOW = Instant.parse("2026-11-20T17:00:00Z");
    static final PoolId POOL = new PoolId("/subscriptions/s/lb/backendAddressPools/web");
    static final EventId EVENT = new EventId("/sets/web", "602D9444-d2cd");

    private Fleet() {}

    static VmId vm(int number) {
        return new VmId("0000000" + number);
    }

    static MemberId member(int number) {
        return new MemberId(vm(number), POOL, "/nics/web-" + number + "/ipconfigurations/one");
    }

    static Latest.View view() {
        return view(Terms.DEFAULT, 1);
    }

    /**
     * The same with other terms for the event.
     *
     * @param mostOut how many may be out of the pool at once
     */
    static Latest.View view(Terms terms, int mostOut) {
        var event =
                new Event(
                        EVENT,
                        EventType.REBOOT,
                        Set.of(vm(1)),
                        List.of("stranger-1"),
                        new Notice.Scheduled(Optional.of(NOW.plusSeconds(600))),
                        NOW,
                        NOW.plusSeconds(540),
                        terms,
                        List.of(),
                        Set.of(vm(1)),
                        Optional.empty(),
                        false);
        var vms = List.of(seen(0, Standing.IN), seen(1, Standing.QUIESCED), seen(2, Standing.IN));
        var world = new World(NOW, List.of(event), vms, List.of(new Pool(POOL, 1, mostOut, false)));
        var known = List.of(known(0), known(1), known(2));
        var pool =
                new Inventory.KnownPool(
                        POOL,
                        "/subscriptions/S/lb/backendAddressPools/web",
                        List.of(8080),
                        false,
                        List.of(),
                        false,
                        Optional.empty());
        return new Latest.View(world, Plan.of(world), new Inventory.Fleet(known, List.of(pool)));
    }

    private static Inventory.KnownVm known(int number) {
        return new Inventory.KnownVm(
                vm(number), "web-" + number, "/vms/web-" + number, "/sets/web", List.of());
    }

    private static Vm seen(int number, Standing standing) {
        var out = standing != Standing.IN;
        List<Cause> causes =
                out
                        ? List.of(
                                new Cause.Scheduled(
                                        EVENT,
                                        EventType.REBOOT,
                                        NOW.plusSeconds(540),
                                        Terms.DEFAULT,
                                        true))
                        : List.of();
        return new Vm(
                vm(number),
                "web-" + number,
                causes,
                List.of(
                        new Member(
                                member(number),
                                Strategy.QUIESCE_THEN_REMOVE,
                                standing,
                                out ? Taken.YES : Taken.NO)),
                out ? new Connections.Open(37) : new Connections.Quiet(),
                true,
                Optional.empty(),
                Optional.empty());
    }

    static Ledger.Drain drain() {
        return drain("Draining", "leaving its pools, 37 connections", Optional.empty());
    }

    static Ledger.Drain drain(String state, String why, Optional<String> parked) {
        return new Ledger.Drain(
                "01JD3Q",
                vm(1),
                "web-1",
                state,
                why,
                NOW,
                List.of(EVENT),
                NOW,
                Optional.of(NOW.plusSeconds(540)),
                Optional.of(37),
                7,
                parked,
                Optional.empty(),
                Optional.empty());
    }

    static Ledger.SeenEvent seen(EventId id, String status) {
        return new Ledger.SeenEvent(
                id,
                "602D9444-d2cd",
                "Reboot",
                "Platform",
                "Host maintenance",
                List.of("web-1", "stranger-1"),
                status,
                Optional.of(NOW.plusSeconds(600)),
                Optional.empty(),
                NOW,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The events and a drain under way. */
    static Ledger.Open open(List<Ledger.SeenEvent> events, Ledger.Drain drain) {
        var taken =
                new Ledger.TakenMember(
                        member(1),
                        "/nics/web-1",
                        "guid",
                        "ipconfig",
                        "PROBE",
                        Ledger.Intent.QUIESCE,
                        NOW);
        return new Ledger.Open(
                events, List.of(taken), List.of(drain), List.of(), Optional.empty(), 0);
    }

    static Ledger.Open open() {
        return open(List.of(seen(EVENT, "Scheduled")), drain());
    }

    static Ledger.Entry entry() {
        return new Ledger.Entry(
                7,
                NOW.plusSeconds(1),
                Optional.of("01JD3Q"),
                Optional.of(vm(1)),
                "MemberQuiesced",
                "ebb",
                "web-1 fails its probe in web",
                Optional.of("in"),
                Optional.of("quiesced"));
    }

    static Report report(int number) {
        return new Report(
                "0.1",
                new Report.Vm(vm(number).value(), "web-" + number, "rg", "s", "/vms/x", "", ""),
                "boot-1",
                "run-1",
                1,
                NOW,
                new Report.Document(
                        Report.Reading.FRESH,
                        "{}",
                        Optional.of(Duration.ZERO),
                        Duration.ofSeconds(3),
                        3,
                        Optional.empty()),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                new Report.Health(true, 5, "port 8080 accepts"),
                Optional.empty(),
                new Report.Hook(Report.HookState.NONE, ""),
                List.of());
    }

    static String json(Report report) {
        return new String(ReportJson.write(report), StandardCharsets.UTF_8);
    }

    static Ledger.Heard heard(int number) {
        return new Ledger.Heard(
                vm(number),
                "web-" + number,
                "run-1",
                "boot-1",
                1,
                json(report(number)),
                NOW,
                Optional.of(NOW.minusSeconds(60)));
    }
}
