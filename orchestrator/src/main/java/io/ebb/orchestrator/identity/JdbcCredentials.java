package io.ebb.orchestrator.identity;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/**
 * Credentials in the ledger's database. A token is found by its hash: how long that takes tells
 * something of the hash at most, from which no token can be made.
 */
@Singleton
public final class JdbcCredentials implements Credentials {
    private static final int BYTES = 32;

    private final Jdbi jdbi;
    private final SecureRandom random = new SecureRandom();

    public JdbcCredentials(DataSource dataSource) {
        jdbi = Jdbi.create(dataSource);
    }

    /**
     * {@inheritDoc}
     *
     * <p>An agent's token begins with its VM's name and a dot, so that whoever finds one knows
     * whose it is. Names are the same in any case: a new token for {@code WEB-1} replaces the one
     * of {@code web-1}.
     */
    @Override
    public String issue(Owner owner) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        var secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var token = owner.role() == Role.AGENT ? owner.name() + "." + secret : secret;
        jdbi.useTransaction(handle -> {
            handle.createUpdate("delete from credential where owner = :owner and role = :role")
                    .bind("owner", owner.name().toLowerCase(Locale.ROOT))
                    .bind("role", owner.role().name())
                    .execute();
            handle.createUpdate(
                            """
                            insert into credential (owner, role, name, hash)
                            values (:owner, :role, :name, :hash)
                            """)
                    .bind("owner", owner.name().toLowerCase(Locale.ROOT))
                    .bind("role", owner.role().name())
                    .bind("name", owner.name())
                    .bind("hash", hash(token))
                    .execute();
        });
        return token;
    }

    @Override
    public Optional<Owner> whose(String token) {
        return jdbi.withHandle(handle ->
                handle.createQuery("select name, role from credential where hash = :hash")
                        .bind("hash", hash(token))
                        .map((row, _) ->
                                new Owner(
                                        row.getString("name"), Role.valueOf(row.getString("role"))))
                        .findOne());
    }

    @Override
    public boolean any(Role role) {
        return jdbi.withHandle(handle ->
                handle.createQuery("select count(*) from credential where role = :role")
                                .bind("role", role.name())
                                .mapTo(Long.class)
                                .one()
                        > 0);
    }

    private static String hash(String token) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("hashing a token: SHA-256 is missing", e);
        }
    }
}
