package io.ebb.orchestrator.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every pool of up to four VMs, each in every condition that matters to the budget. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BudgetCasesTest {
    private static final Instant NOW = Cases.NOW;

    /** What a VM is up to. */
    private enum Doing {
        SERVING,
        DOWN,
        WANTS_OUT,
        GOING,
        OUT,
        RETURNING
    }

    private record Case(
            List<Doing> doings,
            int minimum,
            int mostOut,
            boolean pressed,
            boolean together,
            boolean corroborated) {}

    @Test
    void noDecisionBreaksTheBudget() {
        assertThat(cases().filter(c -> isBroken(Heart.REAL, c))).isEmpty();
    }

    @Test
    void someoneMayGoWhenThereIsRoom() {
        assertThat(
                        refusals(
                                Heart.REAL,
                                new Case(
                                        List.of(Doing.WANTS_OUT, Doing.SERVING, Doing.SERVING),
                                        1,
                                        1,
                                        false,
                                        false,
                                        true)))
                .isEmpty();
    }

    @Test
    void aBudgetThatForgetsWhoIsOutIsFound() {
        var mutant =
                new Heart() {
                    @Override
                    public Map<VmId, String> refusals(World world) {
                        var fresh =
                                world.vms().stream()
                                        .filter(vm -> !vm.any(Member::isTaken))
                                        .toList();
                        return Budget.refusals(
                                new World(world.now(), world.events(), fresh, world.pools()));
                    }
                };
        assertThat(cases().anyMatch(c -> isBroken(mutant, c))).isTrue();
    }

    @Test
    void aBudgetThatLetsTheLastOneGoIsFound() {
        var mutant =
                new Heart() {
                    @Override
                    public Map<VmId, String> refusals(World world) {
                        return Map.of();
                    }
                };
        assertThat(cases().anyMatch(c -> isBroken(mutant, c))).isTrue();
    }

    /** The rule, spelled out anew: what is left in rotation once everyone admitted is out. */
    private static boolean isBroken(Heart heart, Case c) {
        var refused = refusals(heart, c);
        var admitted = 0;
        var in = 0;
        var alreadyOut = 0;
        for (var i = 0; i < c.doings().size(); i++) {
            switch (c.doings().get(i)) {
                case SERVING -> in++;
                case WANTS_OUT -> {
                    if (refused.containsKey(id(i))) {
                        in++;
                    } else {
                        admitted++;
                    }
                }
                case DOWN, GOING, OUT, RETURNING -> alreadyOut++;
            }
        }
        if (admitted == 0) {
            return false;
        }
        if (c.pressed() && c.corroborated()) {
            return in < 1;
        }
        return in < Math.max(1, c.minimum()) || alreadyOut + admitted > c.mostOut();
    }

    private static Map<VmId, String> refusals(Heart heart, Case c) {
        return heart.refusals(world(c));
    }

    private static World world(Case c) {
        var deadline = c.pressed() ? NOW : NOW.plusSeconds(900);
        var vms = IntStream.range(0, c.doings().size()).mapToObj(i -> vm(i, c, deadline)).toList();
        var events = new ArrayList<Event>();
        for (var vm : vms) {
            for (var cause : vm.causes()) {
                var id = ((Cause.Scheduled) cause).event();
                if (events.stream().noneMatch(event -> event.id().equals(id))) {
                    var named =
                            vms.stream()
                                    .filter(other -> other.causes().contains(cause))
                                    .map(Vm::id)
                                    .toList();
                    events.add(event(id, Set.copyOf(named), deadline));
                }
            }
        }
        return new World(
                NOW, events, vms, List.of(new Pool(Cases.WEB, c.minimum(), c.mostOut(), false)));
    }

    private static Event event(EventId id, Set<VmId> vms, Instant deadline) {
        return new Event(
                id,
                EventType.REBOOT,
                vms,
                List.of(),
                new Notice.Scheduled(Optional.of(deadline.plusSeconds(60))),
                NOW.minusSeconds(60),
                deadline,
                Terms.DEFAULT,
                List.of(),
                vms,
                Optional.empty(),
                false);
    }

    private static Vm vm(int i, Case c, Instant deadline) {
        var doing = c.doings().get(i);
        var event = new EventId("/as/web", c.together() ? "all" : "event-" + i);
        var causes =
                switch (doing) {
                    case WANTS_OUT, GOING, OUT ->
                            List.<Cause>of(
                                    new Cause.Scheduled(
                                            event,
                                            EventType.REBOOT,
                                            deadline,
                                            Terms.DEFAULT,
                                            c.corroborated()));
                    case SERVING, DOWN, RETURNING -> List.<Cause>of();
                };
        var standing =
                switch (doing) {
                    case SERVING, WANTS_OUT, GOING -> Standing.IN;
                    case DOWN -> Standing.QUIESCED;
                    case OUT, RETURNING -> Standing.OUT;
                };
        var taken =
                switch (doing) {
                    case GOING, OUT, RETURNING -> Taken.YES;
                    case SERVING, DOWN, WANTS_OUT -> Taken.NO;
                };
        var member =
                new Member(new MemberId(id(i), Cases.WEB, "nic"), Strategy.REMOVE, standing, taken);
        return new Vm(
                id(i),
                "web-" + i,
                causes,
                List.of(member),
                new Connections.Open(1),
                true,
                Optional.empty(),
                Optional.empty());
    }

    private static VmId id(int i) {
        return new VmId("vm-" + i);
    }

    private static Stream<Case> cases() {
        var cases = new ArrayList<Case>();
        for (var doings : pools(4)) {
            for (var minimum : List.of(0, 1, 2)) {
                for (var mostOut : List.of(1, 2)) {
                    for (var pressed : List.of(true, false)) {
                        for (var together : List.of(true, false)) {
                            for (var corroborated : List.of(true, false)) {
                                cases.add(
                                        new Case(
                                                doings,
                                                minimum,
                                                mostOut,
                                                pressed,
                                                together,
                                                corroborated));
                            }
                        }
                    }
                }
            }
        }
        return cases.stream();
    }

    private static List<List<Doing>> pools(int size) {
        if (size == 0) {
            return List.of(List.of());
        }
        var pools = new ArrayList<List<Doing>>();
        for (var rest : pools(size - 1)) {
            pools.add(rest);
            for (var doing : Doing.values()) {
                if (rest.size() == size - 1) {
                    pools.add(Stream.concat(rest.stream(), Stream.of(doing)).toList());
                }
            }
        }
        return pools;
    }
}
