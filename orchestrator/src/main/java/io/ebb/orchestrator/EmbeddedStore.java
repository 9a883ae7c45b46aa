package io.ebb.orchestrator;

import io.ebb.orchestrator.identity.Serving;
import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;

/**
 * Prepares the place of the embedded ledger. H2 would make the data folder readable for everybody,
 * and refuses {@code data} where it takes {@code ./data}.
 */
@Singleton
final class EmbeddedStore implements BeanCreatedEventListener<DatasourceConfiguration> {
    private static final String FILE = "jdbc:h2:async:";

    private final BeanProvider<Serving> serving;

    EmbeddedStore(BeanProvider<Serving> serving) {
        this.serving = serving;
    }

    @Override
    public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
        var source = event.getBean();
        var url = source.getUrl();
        if (url.startsWith(FILE)) {
            serving.get().prepare();
            source.setUrl(FILE + explicit(url.substring(FILE.length())));
        }
        return source;
    }

    /** A path that H2 need not guess about. */
    static String explicit(String path) {
        var said =
                path.startsWith("/")
                        || path.startsWith("~")
                        || path.startsWith(".")
                        || path.matches("[A-Za-z]:.*");
        return said ? path : "./" + path;
    }
}
