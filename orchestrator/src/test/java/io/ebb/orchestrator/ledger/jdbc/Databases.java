package io.ebb.orchestrator.ledger.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;

/** Databases as the service opens them: a pool of connections, migrated by Flyway. */
public final class Databases {
    private Databases() {}

    private static final String AS_SERVED =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";

    /** The embedded database in a folder. */
    public static String h2(Path folder) {
        return "jdbc:h2:file:" + folder.resolve("ledger") + AS_SERVED;
    }

    /** The same without a file. */
    public static String h2(String name) {
        return "jdbc:h2:mem:" + name + AS_SERVED + ";DB_CLOSE_DELAY=-1";
    }

    public static HikariDataSource open(String url, String user, String password) {
        var settings = new HikariConfig();
        settings.setJdbcUrl(url);
        settings.setUsername(user);
        settings.setPassword(password);
        settings.setMaximumPoolSize(6);
        var dataSource = new HikariDataSource(settings);
        Flyway.configure().dataSource(dataSource).load().migrate();
        return dataSource;
    }
}
