package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.Member;
import io.ebb.orchestrator.drain.MemberId;
import io.ebb.orchestrator.drain.Standing;
import io.ebb.orchestrator.drain.VmId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Since when each VM's members have stood where they stand, and been wanted out or not. Quiet is
 * counted from the last change on, so that silence before the take-out proves nothing, and neither
 * does the word of a load balancer that has not noticed yet. Kept in memory only: after a restart
 * the count begins again, which costs a few seconds and no safety.
 */
final class Rest {
    private record Stand(Standing standing, boolean going) {
        static Stand of(Member member) {
            return new Stand(member.standing(), member.isGoing());
        }
    }

    private record Seen(Map<MemberId, Stand> stands, Instant since) {
        boolean isOf(List<Member> members) {
            for (var member : members) {
                if (!Stand.of(member).equals(stands.get(member.id()))) {
                    return false;
                }
            }
            return members.size() == stands.size();
        }
    }

    private final Map<VmId, Seen> seen = new HashMap<>();
    private long fence;

    /** What was seen under another lease proves nothing: somebody else may have acted between. */
    synchronized void under(long lease) {
        if (lease != fence) {
            fence = lease;
            seen.clear();
        }
    }

    synchronized Instant since(VmId vm, List<Member> members, Instant now) {
        var before = seen.get(vm);
        if (before != null && before.isOf(members)) {
            return before.since();
        }
        var stands = new HashMap<MemberId, Stand>();
        members.forEach(member -> stands.put(member.id(), Stand.of(member)));
        seen.put(vm, new Seen(stands, now));
        return now;
    }
}
