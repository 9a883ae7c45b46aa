package io.ebb.orchestrator.identity;

import io.ebb.orchestrator.identity.Credentials.Owner;
import io.ebb.orchestrator.identity.Credentials.Role;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first operator's token: there is no open default, and somebody must be able to begin. */
@Singleton
public final class OperatorToken {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorToken.class);
    private static final Owner OPERATOR = new Owner("operator", Role.ADMIN);

    private final Credentials credentials;
    private final Path folder;
    private final Path file;
    private final Serving.TokenFile wish;

    public OperatorToken(Credentials credentials, Serving serving) {
        this.credentials = credentials;
        this.folder = serving.folder();
        this.file = folder.resolve("operator.token");
        this.wish = serving.operatorToken();
    }

    /** Writes the token's file if no admin can log in yet. */
    public void ensure() {
        if (wish == Serving.TokenFile.RENEW || !credentials.any(Role.ADMIN)) {
            PrivateFiles.folder(folder);
            PrivateFiles.write(file, credentials.issue(OPERATOR));
            LOG.info("wrote a new admin token to {}", file);
        } else if (!Files.exists(file)) {
            LOG.warn(
                    "no {} here: another replica has it, or it was lost; to replace it, start once"
                            + " with ebb.operator-token=renew",
                    file);
        }
    }
}
