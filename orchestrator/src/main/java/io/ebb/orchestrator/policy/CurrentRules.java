package io.ebb.orchestrator.policy;

import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.ledger.Ledger.PolicyVersion;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules in force: those of the ledger's latest version of the policy; before there is one, and
 * where there is no ledger, those of the settings.
 */
@Singleton
public final class CurrentRules {
    private static final Logger LOG = LoggerFactory.getLogger(CurrentRules.class);

    private record Read(int version, Rules rules) {}

    private final Rules settings;
    private volatile Read latest;

    /** The settings' rules are in force at first. */
    public CurrentRules(Rules settings) {
        this.settings = settings;
        this.latest = new Read(0, settings);
    }

    /** The rules that were in force when somebody looked last. */
    public Rules now() {
        return latest.rules();
    }

    /**
     * The rules of this version. One that cannot be read, because a later release wrote it, leaves
     * in force what was.
     */
    public Rules of(Optional<PolicyVersion> inForce) {
        var known = latest;
        if (inForce.isEmpty() || inForce.get().version() == known.version()) {
            return known.rules();
        }
        var rules = known.rules();
        try {
            rules = read(inForce.get().document());
        } catch (ContradictionException e) {
            LOG.error(
                    "version {} of the policy cannot be read, the one before stays in force: {}",
                    inForce.get().version(),
                    e.getMessage());
        }
        latest = new Read(inForce.get().version(), rules);
        return rules;
    }

    /** Reads the ledger's latest version. */
    public Rules refresh(Ledger ledger) {
        return of(ledger.policy());
    }

    /**
     * Reads a policy without putting it in force.
     *
     * @throws ContradictionException naming what cannot be meant
     */
    public Rules read(String document) {
        return RulesText.read(PolicyDocument.read(document), settings.modes());
    }
}
