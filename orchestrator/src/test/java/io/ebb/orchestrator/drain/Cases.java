package io.ebb.orchestrator.drain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every case of a VM: its causes, members in and taken, connections, health and room are finite.
 */
final class Cases {
    static final Instant NOW = Instant.parse("2026-11-20T17:00:00Z");
    static final Instant LATER = NOW.plusSeconds(600);
    static final VmId WEB_1 = new VmId("11111111-0000-0000-0000-000000000001");
    static final PoolId WEB = new PoolId("/lb/backendAddressPools/web");
    static final PoolId API = new PoolId("/lb/backendAddressPools/api");
    static final EventId REBOOT = new EventId("/as/web", "A1");

    private Cases() {}

    /** Whether there is a cause, and whether its deadline has passed. */
    enum Reason {
        NONE,
        BEFORE_DEADLINE,
        AT_DEADLINE;

        List<Cause> causes() {
            return switch (this) {
                case NONE -> List.of();
                case BEFORE_DEADLINE ->
                        List.of(
                                new Cause.Scheduled(
                                        REBOOT, EventType.REBOOT, LATER, Terms.DEFAULT, true));
                case AT_DEADLINE ->
                        List.of(
                                new Cause.Scheduled(
                                        REBOOT, EventType.REBOOT, NOW, Terms.DEFAULT, true));
            };
        }
    }

    /** What lets a VM go or does not. */
    enum Leave {
        FREE,
        REFUSED,
        HINDERED,
        UNREAD;

        Optional<String> refused() {
            return this == REFUSED ? Optional.of("no room") : Optional.empty();
        }

        Optional<Vm.Hindrance> hindrance() {
            return switch (this) {
                case FREE, REFUSED -> Optional.empty();
                case HINDERED -> Optional.of(new Vm.Hindrance.CannotLeave("locked"));
                case UNREAD -> Optional.of(new Vm.Hindrance.Unread("no answer", false));
            };
        }
    }

    /** One case. */
    record Case(Reason reason, Leave leave, Vm vm) {}

    static List<Connections> connections() {
        return List.of(
                new Connections.Quiet(),
                new Connections.Assumed(Assumption.NO_AGENT, "its agent was never heard"),
                new Connections.Open(3),
                new Connections.Unknown("its agent was never heard"));
    }

    /** A member in every condition. */
    static List<Member> members(PoolId pool) {
        var members = new ArrayList<Member>();
        for (var strategy : Strategy.values()) {
            for (var standing : Standing.values()) {
                for (var taken : Taken.values()) {
                    var isShown = standing != Standing.OUT && standing != Standing.GONE;
                    if (taken != Taken.NO || isShown) {
                        var id = new MemberId(WEB_1, pool, "nic/ipconfig1");
                        members.add(new Member(id, strategy, standing, taken));
                    }
                }
            }
        }
        return members;
    }

    /** No member, one, or two in different pools. */
    static Stream<List<Member>> sets() {
        return Stream.concat(
                Stream.of(List.<Member>of()),
                Stream.concat(
                        members(WEB).stream().map(List::of),
                        members(WEB).stream()
                                .flatMap(one ->
                                        members(API).stream().map(two -> List.of(one, two)))));
    }

    static Stream<Case> all() {
        return sets().flatMap(Cases::of);
    }

    static Stream<Case> of(List<Member> members) {
        var cases = new ArrayList<Case>();
        for (var reason : Reason.values()) {
            for (var leave : Leave.values()) {
                for (var connections : connections()) {
                    for (var healthy : List.of(true, false)) {
                        cases.add(
                                new Case(
                                        reason,
                                        leave,
                                        vm(reason, leave, members, connections, healthy)));
                    }
                }
            }
        }
        return cases.stream();
    }

    static Vm vm(
            Reason reason,
            Leave leave,
            List<Member> members,
            Connections connections,
            boolean healthy) {
        return new Vm(
                WEB_1,
                "web-1",
                reason.causes(),
                members,
                connections,
                healthy,
                leave.hindrance(),
                Optional.empty());
    }
}
