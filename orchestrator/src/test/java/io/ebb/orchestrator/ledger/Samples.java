package io.ebb.orchestrator.ledger;

import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.drain.MemberId;
import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.ledger.Ledger.Drain;
import io.ebb.orchestrator.ledger.Ledger.Entry;
import io.ebb.orchestrator.ledger.Ledger.Heard;
import io.ebb.orchestrator.ledger.Ledger.Intent;
import io.ebb.orchestrator.ledger.Ledger.Order;
import io.ebb.orchestrator.ledger.Ledger.SeenEvent;
import io.ebb.orchestrator.ledger.Ledger.TakenMember;
import io.ebb.orchestrator.ledger.Ledger.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Rows to write. */
public final class Samples {
    /** On a day on which Europe's clocks go back, in the hour that comes twice. */
    public static final Instant SEEN = Instant.parse("2026-10-25T01:30:00.123456Z");

    public static final VmId VM = new VmId("02aab8a4-74ef-476e-8182-f6d2ba4166a6");
    public static final EventId EVENT =
            new EventId("/subscriptions/s/availabilitySets/web", "C7061BAC-AFDC");

    private Samples() {}

    public static SeenEvent event(String status) {
        return event(status, Optional.empty(), Optional.empty());
    }

    public static SeenEvent event(
            String status, Optional<Instant> gone, Optional<Instant> acknowledged) {
        return new SeenEvent(
                EVENT,
                "C7061BAC-AFDC",
                "Reboot",
                "Platform",
                "Host server is undergoing \"maintenance\" – soon.",
                List.of("web-1", "WEB-2"),
                status,
                Optional.of(SEEN.plusSeconds(900)),
                Optional.of(Duration.ofSeconds(9)),
                SEEN,
                gone,
                Optional.of("DRAINED"),
                acknowledged);
    }

    public static TakenMember member(int number, Intent intent) {
        var nic = "/subscriptions/s/resourceGroups/rg/networkInterfaces/web-" + number + "-nic";
        return new TakenMember(
                new MemberId(VM, new PoolId("/lb/web"), nic + "/ipConfigurations/" + number),
                nic,
                "0f4d2b2e",
                "{\"loadBalancerBackendAddressPools\":[{\"id\":\"/lb/Web\"}]}",
                "REMOVE",
                intent,
                SEEN.plusNanos(1_000),
                Optional.of(SEEN.plusSeconds(9)),
                number);
    }

    public static Order order(String id, Instant until) {
        return new Order(id, VM, EVENT, "C7061BAC-AFDC", until);
    }

    public static Drain drain(String id, Instant opened) {
        return new Drain(
                id,
                VM,
                "web-1",
                "Draining",
                "leaving its pools, 3 connections",
                opened.plusSeconds(1),
                List.of(EVENT),
                opened,
                Optional.of(opened.plusSeconds(600)),
                Optional.of(3),
                7,
                Optional.of("not yet healthy again"),
                Optional.empty(),
                Optional.empty());
    }

    public static Drain closed(Drain drain, Instant closed) {
        return new Drain(
                drain.id(),
                drain.vm(),
                drain.vmName(),
                "Untouched",
                "no cause to be out of rotation",
                closed,
                drain.events(),
                drain.opened(),
                Optional.empty(),
                Optional.empty(),
                drain.policy(),
                Optional.empty(),
                Optional.of(closed),
                Optional.of("Returned"));
    }

    public static Entry entry(String drain, String message) {
        return new Entry(
                0,
                SEEN,
                Optional.of(drain),
                Optional.of(VM),
                "MemberTakenOut",
                "ebb",
                message,
                Optional.of("in"),
                Optional.of("out"));
    }

    public static Heard heard(String run, long sequence) {
        return new Heard(VM, "web-1", run, "boot", sequence, "{\"a\": 1}", SEEN, Optional.of(SEEN));
    }

    public static Turn events(SeenEvent... events) {
        return turn(List.of(events), List.of(), List.of(), List.of(), List.of());
    }

    public static Turn taken(TakenMember... members) {
        return turn(List.of(), List.of(members), List.of(), List.of(), List.of());
    }

    public static Turn drains(Drain... drains) {
        return turn(List.of(), List.of(), List.of(), List.of(drains), List.of());
    }

    public static Turn timeline(Entry... entries) {
        return turn(List.of(), List.of(), List.of(), List.of(), List.of(entries));
    }

    public static Turn ordered(SeenEvent event, Order... orders) {
        return turn(List.of(event), List.of(), List.of(orders), List.of(), List.of());
    }

    public static Turn turn(
            List<SeenEvent> events,
            List<TakenMember> taken,
            List<Order> orders,
            List<Drain> drains,
            List<Entry> timeline) {
        return new Turn(
                events,
                List.of(),
                taken,
                List.of(),
                orders,
                drains,
                List.of(),
                timeline,
                OptionalLong.empty());
    }

    public static Turn closing(List<EventId> forgotten, List<MemberId> settled) {
        return new Turn(
                List.of(),
                forgotten,
                List.of(),
                settled,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                OptionalLong.empty());
    }
}
