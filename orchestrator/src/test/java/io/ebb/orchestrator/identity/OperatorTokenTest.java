package io.ebb.orchestrator.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class OperatorTokenTest {
    @TempDir Path folder;

    private final Issued credentials = new Issued();

    private void start(Serving.TokenFile wish) {
        new OperatorToken(
                        credentials,
                        new Serving(
                                "127.0.0.1",
                                8400,
                                folder.toString(),
                                List.of(),
                                Optional.empty(),
                                wish))
                .ensure();
    }

    private String file() throws IOException {
        return Files.readString(folder.resolve("operator.token")).strip();
    }

    @Test
    void theFirstStartWritesAnAdminsTokenForTheOwnUserOnly() throws IOException {
        start(Serving.TokenFile.KEEP);
        assertThat(credentials.whose(file()))
                .contains(new Credentials.Owner("operator", Credentials.Role.ADMIN));
        assertThat(Files.getPosixFilePermissions(folder.resolve("operator.token")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void theNextStartLeavesItAlone() throws IOException {
        start(Serving.TokenFile.KEEP);
        var first = file();
        start(Serving.TokenFile.KEEP);
        assertThat(file()).isEqualTo(first);
    }

    @Test
    void aLostFileIsNotReplacedUnlessTheOperatorSaysSo() throws IOException {
        start(Serving.TokenFile.KEEP);
        Files.delete(folder.resolve("operator.token"));
        start(Serving.TokenFile.KEEP);
        assertThat(folder.resolve("operator.token")).doesNotExist();
        start(Serving.TokenFile.RENEW);
        assertThat(credentials.whose(file())).isPresent();
    }

    /** Tokens that are their position in a list. */
    private static final class Issued implements Credentials {
        private final List<Owner> owners = new ArrayList<>();

        @Override
        public String issue(Owner owner) {
            owners.add(owner);
            return "token-" + (owners.size() - 1);
        }

        @Override
        public Optional<Owner> whose(String token) {
            return Optional.of(owners.get(Integer.parseInt(token.substring("token-".length()))));
        }

        @Override
        public boolean any(Role role) {
            return owners.stream().anyMatch(owner -> owner.role() == role);
        }
    }
}
