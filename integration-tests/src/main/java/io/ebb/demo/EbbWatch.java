package io.ebb.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.ebb.demo.fleet.OperatorApi;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Follows Ebb's drains and tells each new entry of their timelines. */
final class EbbWatch implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(400);

    private final OperatorApi api;
    private final Narrator narrator;
    private final Map<String, Long> told = new ConcurrentHashMap<>();
    private final Map<String, String> states = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean closed;

    EbbWatch(OperatorApi api, Narrator narrator) {
        this.api = api;
        this.narrator = narrator;
        this.thread = Thread.ofVirtual().start(this::run);
    }

    /** The state that Ebb last gave for a VM, in its own word; empty when it has no drain. */
    String state(String vm) {
        return states.getOrDefault(vm, "");
    }

    private void run() {
        while (!closed) {
            look();
            LockSupport.parkNanos(STEP.toNanos());
        }
    }

    private void look() {
        for (var drain : api.drains()) {
            var id = drain.path("id").asText();
            var vm = drain.path("vm").asText();
            for (var entry : api.timeline(id, told.getOrDefault(id, -1L))) {
                told.put(id, entry.path("sequence").asLong());
                narrator.say(at(entry), "ebb", vm, entry.path("message").asText());
            }
            states.put(vm, drain.path("closedAt").isTextual() ? "" : drain.path("state").asText());
        }
    }

    private static Instant at(JsonNode entry) {
        return Instant.parse(entry.path("at").asText());
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
