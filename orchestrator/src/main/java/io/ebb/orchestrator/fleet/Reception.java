package io.ebb.orchestrator.fleet;

import io.ebb.protocol.Report;
import io.ebb.protocol.Wish;

/** Takes an agent's report and answers with the whole current wish. */
public interface Reception {
    /**
     * Takes a report.
     *
     * @param agent the authenticated agent: the name of the VM that its token was issued for
     * @param json the report as it came, verbatim, to be stored
     * @param report the same, read
     * @throws RefusedException when the agent may not speak for this VM
     * @throws NotReadyException when it is not known yet which VMs there are
     */
    Wish accept(String agent, String json, Report report);

    /** It is not known yet which VMs there are; the agent tries again by itself. */
    final class NotReadyException extends RuntimeException {
        public NotReadyException(String message) {
            super(message);
        }
    }

    /** The agent may not speak for this VM; the message says why. */
    final class RefusedException extends RuntimeException {
        public RefusedException(String message) {
            super(message);
        }
    }
}
