package io.ebb.orchestrator.policy;

import io.ebb.orchestrator.ledger.Ledger;
import io.micronaut.context.annotation.Requires;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the settings' policy into the ledger: at the first start, and whenever the settings have
 * changed since. Once an operator has changed the policy through the API, the ledger's is in force
 * and the settings' is not, and that is said.
 */
@Singleton
@Requires(env = "serve")
public final class PolicySeed {
    /** Who wrote a version that came from the settings. */
    static final String SETTINGS = "settings";

    private static final Logger LOG = LoggerFactory.getLogger(PolicySeed.class);

    private final Ledger ledger;
    private final PolicyDocument settings;
    private final CurrentRules rules;

    public PolicySeed(Ledger ledger, PolicyDocument settings, CurrentRules rules) {
        this.ledger = ledger;
        this.settings = settings;
        this.rules = rules;
    }

    @EventListener
    void onStart(ServerStartupEvent event) {
        sow();
    }

    /** Writes it if it is to be written. */
    public void sow() {
        var inForce = ledger.policy();
        var document = settings.write();
        var isTheirs = inForce.filter(version -> !version.who().equals(SETTINGS)).isPresent();
        if (inForce.filter(version -> version.document().equals(document)).isPresent()) {
            LOG.info("the policy is version {}", inForce.get().version());
        } else if (isTheirs) {
            LOG.warn(
                    "version {} of the policy, of {}, is in force: what the settings say of it is not",
                    inForce.get().version(),
                    inForce.get().who());
        } else {
            revise(inForce.map(Ledger.PolicyVersion::version).orElse(0), document);
        }
        rules.refresh(ledger);
    }

    private void revise(int expected, String document) {
        try {
            var why = expected == 0 ? "first start" : "the settings have changed";
            ledger.revise(expected, document, SETTINGS, why);
        } catch (Ledger.RefusedException e) {
            LOG.info("another replica wrote the policy meanwhile: {}", e.getMessage());
        }
    }
}
