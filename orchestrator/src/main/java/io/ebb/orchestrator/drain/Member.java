package io.ebb.orchestrator.drain;

/**
 * A VM's place in a pool.
 *
 * @param strategy how it goes out
 * @param standing the load balancer's word
 * @param taken the ledger's word
 */
public record Member(MemberId id, Strategy strategy, Standing standing, Taken taken) {

    /** Whether Ebb took it out, or is about to. */
    public boolean isTaken() {
        return taken != Taken.NO;
    }

    /** Whether it is out, or on its way out, by Ebb's doing. */
    public boolean isGoing() {
        return taken == Taken.JUST_NOW || taken == Taken.YES;
    }

    /**
     * Whether it may receive new flows already, or still: Ebb is putting it back, or it wavers. It
     * counts as out when others want to leave, and they must be enough without it when it is to
     * leave again.
     */
    boolean isComing() {
        return standing == Standing.WAVERING
                || (taken == Taken.BACK
                        && (standing == Standing.QUIESCED || standing == Standing.OUT));
    }

    /** Whether it receives new flows, and will go on doing so. */
    public boolean isIn() {
        return standing == Standing.IN;
    }

    /** Whether it receives new flows, or may. */
    public boolean mayServe() {
        return standing == Standing.IN || standing == Standing.WAVERING;
    }

    /**
     * Whether it has further to go before its VM is drained. A quiesced member that Ebb did not
     * take is merely unhealthy, and may recover at any time; one that is being put back may come in
     * at any time.
     */
    public boolean isLeaving() {
        return switch (standing) {
            case IN, WAVERING -> true;
            case QUIESCED -> strategy != Strategy.PROBE || !isGoing();
            case OUT -> taken == Taken.BACK;
            case GONE -> false;
        };
    }
}
