package io.ebb.orchestrator;

import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;

/**
 * Prepares connections to a store that several replicas share. A process that is frozen in the
 * middle of a write holds the row that every writer locks, and its connection stays open: the
 * server must end it, or nobody could take over.
 *
 * @see <a href="https://www.postgresql.org/docs/15/runtime-config-client.html">PostgreSQL: {@code
 *     idle_in_transaction_session_timeout}</a>
 */
@Singleton
public final class SharedStore implements BeanCreatedEventListener<DatasourceConfiguration> {
    /** Longer than a pause of the collector, and well within the time of a take-over. */
    public static final String FIRST_STATEMENT = "set idle_in_transaction_session_timeout = '2s'";

    @Override
    public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
        var source = event.getBean();
        if (source.getUrl().startsWith("jdbc:postgresql:")) {
            source.setConnectionInitSql(FIRST_STATEMENT);
        }
        return source;
    }
}
