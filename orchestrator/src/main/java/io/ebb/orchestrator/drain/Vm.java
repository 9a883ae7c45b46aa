package io.ebb.orchestrator.drain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One VM as the last look found it.
 *
 * @param name for people
 * @param healthy its agent has called it healthy long enough, since its last cause left
 * @param hindrance why it cannot be taken out, if so
 * @param domain the update domain of its availability set, if known: Azure acts on one at a time
 */
public record Vm(
        VmId id,
        String name,
        List<Cause> causes,
        List<Member> members,
        Connections connections,
        boolean healthy,
        Optional<Hindrance> hindrance,
        Optional<String> domain) {

    public Vm {
        causes = List.copyOf(causes);
        members = List.copyOf(members);
    }

    /** Why a VM cannot be taken out. */
    public sealed interface Hindrance {
        /** In words. */
        String why();

        /** It can permanently not go out; what already went out goes back. */
        record CannotLeave(String why) implements Hindrance {}

        /**
         * Where its members stand is not known; nothing is done at all.
         *
         * @param passing it is about to be read; not worth telling people
         */
        record Unread(String why, boolean passing) implements Hindrance {}
    }

    /** Whether it is not known where its members stand. */
    public boolean isUnread() {
        return hindrance.filter(Hindrance.Unread.class::isInstance).isPresent();
    }

    /** The same VM, of which it is not known for the moment where its members stand. */
    public Vm unread(String why) {
        return new Vm(
                id,
                name,
                causes,
                members,
                connections,
                healthy,
                Optional.of(new Hindrance.Unread(why, true)),
                domain);
    }

    /** Whether any member is so. */
    public boolean any(Predicate<Member> what) {
        for (var member : members) {
            if (what.test(member)) {
                return true;
            }
        }
        return false;
    }

    /** The members that are so. */
    public Stream<Member> members(Predicate<Member> what) {
        return members.stream().filter(what);
    }

    /** The earliest deadline of its causes; the far future when there is none. */
    public Instant deadline() {
        var earliest = Instant.MAX;
        for (var cause : causes) {
            if (cause.deadline().isBefore(earliest)) {
                earliest = cause.deadline();
            }
        }
        return earliest;
    }

    /** Whether a cause's deadline has passed and the VM goes down whatever Ebb does. */
    public boolean pressed(Instant now) {
        for (var cause : causes) {
            if (cause.inevitable() && !now.isBefore(cause.deadline())) {
                return true;
            }
        }
        return false;
    }
}
