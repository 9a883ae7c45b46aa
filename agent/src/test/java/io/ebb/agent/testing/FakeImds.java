package io.ebb.agent.testing;

import io.ebb.agent.testing.FakeServer.Asked;
import io.ebb.agent.testing.FakeServer.Reply;
import java.net.URI;
import java.util.Map;

/** A metadata service with one document, which it sends with an ETag. */
public final class FakeImds implements AutoCloseable {
    public static final String EVENT = "C7061BAC-AFDC-4513-B24B-AA5F13A16123";
    public static final String COMPUTE =
            "{\"name\":\"web-1\",\"vmId\":\"v-1\",\"resourceGroupName\":\"rg\"}";

    public final FakeServer server = FakeServer.plain();

    /** Status of an approval. */
    public volatile int approval = 200;

    private volatile String document = document(0);

    public FakeImds() {
        server.answer(this::answer);
    }

    /** Back to answering after it was told to do something else. */
    public void recover() {
        server.answer(this::answer);
    }

    public void show(String newDocument) {
        document = newDocument;
    }

    public static String document(long incarnation, String... events) {
        return "{\"DocumentIncarnation\":"
                + incarnation
                + ",\"Events\":["
                + String.join(",", events)
                + "]}";
    }

    public static String event(String id, String status) {
        return "{\"EventId\":\""
                + id
                + "\",\"EventStatus\":\""
                + status
                + "\",\"EventType\":\"Reboot\",\"ResourceType\":\"VirtualMachine\","
                + "\"Resources\":[\"web-1\"],\"NotBefore\":\"\"}";
    }

    public URI uri() {
        return server.uri();
    }

    private Reply answer(Asked asked) {
        if (!asked.header("Metadata").equals("true")) {
            return Reply.of(400, "{\"error\":\"Required metadata header not specified\"}");
        }
        if (asked.uri().startsWith("/metadata/instance/compute?")) {
            return Reply.of(200, COMPUTE);
        }
        if (asked.method().equals("POST")) {
            return Reply.of(approval, approval == 200 ? "" : "{\"error\":\"no\"}");
        }
        String now = document;
        String etag = "\"" + now.hashCode() + "\"";
        return asked.header("If-None-Match").equals(etag)
                ? new Reply(304, Map.of("ETag", etag), "")
                : new Reply(200, Map.of("ETag", etag), now);
    }

    @Override
    public void close() {
        server.close();
    }
}
