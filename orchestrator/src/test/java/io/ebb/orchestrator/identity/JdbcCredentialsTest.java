package io.ebb.orchestrator.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.ebb.orchestrator.identity.Credentials.Owner;
import io.ebb.orchestrator.identity.Credentials.Role;
import io.ebb.orchestrator.ledger.jdbc.Databases;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class JdbcCredentialsTest {
    private static final Owner WEB = new Owner("web-1", Role.AGENT);

    @TempDir Path folder;
    private HikariDataSource dataSource;
    private Credentials credentials;

    @BeforeEach
    void open() {
        dataSource = Databases.open(Databases.h2(folder), "sa", "");
        credentials = new JdbcCredentials(dataSource);
    }

    @AfterEach
    void close() {
        dataSource.close();
    }

    @Test
    void aTokenNamesItsOwner() {
        var agent = credentials.issue(WEB);
        var operator = credentials.issue(new Owner("web-1", Role.OPERATOR));
        assertThat(credentials.whose(agent)).contains(WEB);
        assertThat(credentials.whose(operator)).contains(new Owner("web-1", Role.OPERATOR));
    }

    @Test
    void aTokenHas256RandomBitsAndNeedsNoEscapeInAUrl() {
        assertThat(credentials.issue(WEB)).matches("web-1\\.[A-Za-z0-9_-]{43}");
        assertThat(credentials.issue(new Owner("ada", Role.ADMIN))).matches("[A-Za-z0-9_-]{43}");
        assertThat(credentials.issue(WEB)).isNotEqualTo(credentials.issue(WEB));
    }

    @Test
    void aNewTokenReplacesTheFormerOneWhateverTheCaseOfTheName() {
        var first = credentials.issue(WEB);
        var second = credentials.issue(new Owner("WEB-1", Role.AGENT));
        assertThat(credentials.whose(first)).isEmpty();
        assertThat(credentials.whose(second)).contains(new Owner("WEB-1", Role.AGENT));
    }

    @Test
    void aTokenThatWasNotIssuedIsNobodys() {
        var token = credentials.issue(WEB);
        assertThat(credentials.whose("")).isEmpty();
        assertThat(credentials.whose("web-1.")).isEmpty();
        assertThat(credentials.whose("web-2" + token.substring("web-2".length()))).isEmpty();
        assertThat(credentials.whose(token + "=")).isEmpty();
    }

    @Test
    void whetherARoleWasIssuedIsKnown() {
        assertThat(credentials.any(Role.AGENT)).isFalse();
        credentials.issue(WEB);
        assertThat(credentials.any(Role.AGENT)).isTrue();
        assertThat(credentials.any(Role.ADMIN)).isFalse();
    }

    @Test
    void theTokenItselfIsNotStored() throws SQLException {
        var token = credentials.issue(WEB);
        var secret = token.substring(token.indexOf('.') + 1);
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select * from credential")) {
            assertThat(rows.next()).isTrue();
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                assertThat(rows.getString(column)).doesNotContain(secret);
            }
        }
    }
}
