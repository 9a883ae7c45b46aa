package io.ebb.orchestrator.drain;

/** What should be done next. Each may be taken again after a crash. */
public sealed interface Step {
    /** A step on a member. */
    sealed interface OnMember extends Step {
        /** The member concerned, as the look found it. */
        Member member();
    }

    /** Have the VM's agent fail the load balancer's probe: no new flows. */
    record Quiesce(Member member) implements OnMember {}

    /** Take the member out of the pool. */
    record TakeOut(Member member) implements OnMember {}

    /** Let the application take hold again; the member goes back once its VM is healthy. */
    record Recall(Member member) implements OnMember {}

    /** Put the member back exactly as it was, and let the probe pass. */
    record PutBack(Member member) implements OnMember {}

    /** Close the ledger's row of a member that is back and verified, or gone for good. */
    record Settle(Member member) implements OnMember {}

    /** Let the event start, for all its VMs. */
    record Approve(EventId event, Why why) implements Step {}
}
