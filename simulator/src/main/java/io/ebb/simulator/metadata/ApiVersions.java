package io.ebb.simulator.metadata;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;

/** The versions that exist. They are dates, so text order is time order. */
final class ApiVersions {
    static final List<String> ALL =
            List.of(
                    "2017-03-01",
                    "2017-04-02",
                    "2017-08-01",
                    "2017-10-01",
                    "2017-12-01",
                    "2018-02-01",
                    "2018-04-02",
                    "2018-10-01",
                    "2019-02-01",
                    "2019-03-11",
                    "2019-04-30",
                    "2019-06-01",
                    "2019-06-04",
                    "2019-08-01",
                    "2019-08-15",
                    "2019-11-01",
                    "2020-06-01",
                    "2020-07-15",
                    "2020-09-01",
                    "2020-10-01",
                    "2020-12-01",
                    "2021-01-01",
                    "2021-02-01",
                    "2021-03-01",
                    "2021-05-01",
                    "2021-10-01",
                    "2021-11-01",
                    "2021-11-15",
                    "2021-12-13",
                    "2023-07-01",
                    "2023-11-15",
                    "2024-03-15",
                    "2024-07-17",
                    "2025-04-07");

    static final List<String> SCHEDULED_EVENTS =
            List.of(
                    "2017-03-01",
                    "2017-08-01",
                    "2017-11-01",
                    "2019-01-01",
                    "2019-04-01",
                    "2019-08-01",
                    "2020-07-01");

    private ApiVersions() {}

    static boolean atLeast(String version, String since) {
        return version.compareTo(since) >= 0;
    }

    /** The answer to a version that is missing or does not exist. */
    static Answer badVersion() {
        var body =
                JsonNodeFactory.instance
                        .objectNode()
                        .put(
                                "error",
                                "Bad request. api-version is invalid or was not specified in the"
                                        + " request. For more information refer to aka.ms/azureimds");
        ALL.reversed().stream().limit(3).forEach(body.putArray("newest-versions")::add);
        return new Answer(400, "application/json; charset=utf-8", body.toString(), Map.of());
    }

    static Answer list() {
        var body = JsonNodeFactory.instance.objectNode();
        ALL.forEach(body.putArray("apiVersions")::add);
        return Answer.json(body);
    }
}
