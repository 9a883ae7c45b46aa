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
    private record Stand(Standing standing, boolean going) {}

    private record Seen(Map<MemberId, Stand> stands, Instant since) {}

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
        var stands = new HashMap<MemberId, Stand>();
        for (var member : members) {
            stands.put(member.id(), new Stand(member.standing(), member.isGoing()));
        }
        var before = seen.get(vm);
        if (before != null && before.stands().equals(stands)) {
            return before.since();
        }
        seen.put(vm, new Seen(stands, now));
        return now;
    }
}
