package io.ebb.orchestrator.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several events at once: who is let out with whom. */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class DomainTest {
    private static final Instant NOW = Cases.NOW;
    private static final Instant SOON = NOW.plusSeconds(900);

    private static Event event(String id, Instant notBefore, int... vms) {
        return new Event(
                new EventId("/as/web", id),
                EventType.REBOOT,
                ids(vms),
                List.of(),
                new Notice.Scheduled(Optional.of(notBefore)),
                NOW,
                notBefore.minusSeconds(60),
                Terms.DEFAULT,
                List.of(),
                ids(vms),
                Optional.empty(),
                false);
    }

    private static Set<VmId> ids(int... numbers) {
        return Set.copyOf(IntStream.of(numbers).mapToObj(DomainTest::id).toList());
    }

    private static VmId id(int number) {
        return new VmId("vm-" + number);
    }

    /** A pool of six VMs; those of an update domain are 0 and 3, 1 and 4, 2 and 5. */
    private static World world(int minimum, int mostOut, boolean together, Event... events) {
        var vms =
                IntStream.range(0, 6)
                        .mapToObj(i ->
                                new Vm(
                                        id(i),
                                        "web-" + i,
                                        Cause.of(
                                                id(i),
                                                List.of(events),
                                                List.of(),
                                                Terms.DEFAULT,
                                                NOW),
                                        List.of(member(i, Taken.NO)),
                                        new Connections.Open(1),
                                        true,
                                        Optional.empty(),
                                        Optional.of("as/" + i % 3)))
                        .toList();
        return new World(
                NOW,
                List.of(events),
                vms,
                List.of(new Pool(Cases.WEB, minimum, mostOut, together)));
    }

    private static Member member(int vm, Taken taken) {
        return new Member(
                new MemberId(id(vm), Cases.WEB, "nic"), Strategy.REMOVE, Standing.IN, taken);
    }

    /** The same, and a removal of this VM, whose cause has ended, may still arrive. */
    private static World withRemovalUnderWay(World world, int vm) {
        var vms = new ArrayList<>(world.vms());
        var still = vms.get(vm);
        vms.set(
                vm,
                new Vm(
                        still.id(),
                        still.name(),
                        List.of(),
                        List.of(member(vm, Taken.JUST_NOW)),
                        still.connections(),
                        still.healthy(),
                        Optional.empty(),
                        still.domain()));
        return new World(world.now(), world.events(), vms, world.pools());
    }

    private static Set<VmId> refused(World world) {
        return Budget.refusals(world).keySet();
    }

    @Test
    void twoEventsOfTwoVmsEachWithRoomForTwoDoNotLockEachOther() {
        var world =
                world(
                        1,
                        2,
                        false,
                        event("ab", SOON, 0, 1),
                        event("cd", SOON.plusSeconds(300), 2, 3));
        assertThat(refused(world)).isEqualTo(ids(2, 3));
    }

    @Test
    void anEventIsLetOutAsAWholeOrNotAtAll() {
        assertThat(refused(world(1, 1, false, event("ab", SOON, 0, 1)))).isEqualTo(ids(0, 1));
    }

    @Test
    void eventsOfOneUpdateDomainAreDecidedOnAsOne() {
        var apart = List.of(event("a", SOON, 0), event("b", SOON.plusSeconds(20), 3));
        assertThat(refused(world(1, 1, false, apart.get(0), apart.get(1)))).isEqualTo(ids(0, 3));
        assertThat(refused(world(1, 2, false, apart.get(0), apart.get(1)))).isEmpty();
    }

    @Test
    void eventsOfDifferentTimesOrDomainsAreDecidedOnOneByOne() {
        var later = event("b", SOON.plusSeconds(120), 3);
        assertThat(refused(world(1, 1, false, event("a", SOON, 0), later))).isEqualTo(ids(3));
        var other = event("b", SOON.plusSeconds(20), 1);
        assertThat(refused(world(1, 1, false, event("a", SOON, 0), other))).isEqualTo(ids(1));
    }

    @Test
    void anUpdateDomainTogetherMayExceedTheMostOutButNeverTheMinimum() {
        var one = event("a", SOON, 0);
        var other = event("b", SOON.plusSeconds(20), 3);
        assertThat(refused(world(1, 1, true, one, other))).isEmpty();
        assertThat(refused(world(5, 1, true, one, other))).isEqualTo(ids(0, 3));
    }

    @Test
    void whatWasAnnouncedAtAnotherTimeIsStillBoundByTheMostOut() {
        var later = event("b", SOON.plusSeconds(600), 3);
        assertThat(refused(world(1, 1, true, event("a", SOON, 0), later))).isEqualTo(ids(3));
    }

    @Test
    void anotherUpdateDomainIsStillBoundByTheMostOut() {
        var world =
                world(
                        1,
                        1,
                        true,
                        event("a", SOON, 0),
                        event("b", SOON.plusSeconds(20), 3),
                        event("c", SOON.plusSeconds(40), 1));
        assertThat(refused(world)).isEqualTo(ids(1));
    }

    @Test
    void oneWhoseRemovalMayStillArriveIsAmongThoseThatMustBelongToTheDomain() {
        var world = world(1, 1, true, event("a", SOON, 0), event("b", SOON.plusSeconds(20), 3));
        assertThat(refused(withRemovalUnderWay(world, 1))).isEqualTo(ids(0, 3));
    }
}
