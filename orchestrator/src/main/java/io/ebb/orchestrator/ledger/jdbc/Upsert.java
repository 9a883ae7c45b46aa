package io.ebb.orchestrator.ledger.jdbc;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * One row, inserted or replaced by its key. Both stores have a statement for it, but not the same
 * one: so it is an update, then an insert if there was nothing to update. Whoever calls holds the
 * lock that keeps another from inserting in between, or is ready to do it again.
 */
final class Upsert {
    private final String table;
    private final Map<String, Object> key = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
    private final Map<String, String> updates = new LinkedHashMap<>();

    Upsert(String table) {
        this.table = table;
    }

    Upsert key(String column, Object value) {
        key.put(column, value);
        return this;
    }

    Upsert set(String column, Object value) {
        return update(column, value, ":" + column);
    }

    Upsert set(String column, Optional<?> value) {
        return update(column, value.orElse(null), ":" + column);
    }

    /** Leaves what stands there already. */
    Upsert setOnce(String column, Optional<?> value) {
        return update(column, value.orElse(null), "coalesce(" + column + ", :" + column + ")");
    }

    /** Written with a new row only. */
    Upsert insert(String column, Object value) {
        values.put(column, value);
        return this;
    }

    private Upsert update(String column, @Nullable Object value, String expression) {
        values.put(column, value);
        updates.put(column, column + " = " + expression);
        return this;
    }

    void run(Handle handle) {
        var where = key.keySet().stream().map(column -> column + " = :" + column);
        var update =
                handle.createUpdate(
                        "update %s set %s where %s"
                                .formatted(
                                        table,
                                        String.join(", ", updates.values()),
                                        where.collect(Collectors.joining(" and "))));
        key.forEach(update::bind);
        updates.keySet().forEach(column -> update.bind(column, values.get(column)));
        if (update.execute() == 0) {
            insert(handle);
        }
    }

    /** Inserts it; an error when it is there already. */
    void insert(Handle handle) {
        var columns = Stream.concat(key.keySet().stream(), values.keySet().stream()).toList();
        var insert =
                handle.createUpdate(
                        "insert into %s (%s) values (:%s)"
                                .formatted(
                                        table,
                                        String.join(", ", columns),
                                        String.join(", :", columns)));
        bind(insert, key);
        bind(insert, values);
        insert.execute();
    }

    private static void bind(
            SqlStatement<?> statement, Map<String, ? extends @Nullable Object> all) {
        all.forEach(statement::bind);
    }
}
