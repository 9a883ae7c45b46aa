package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.VmId;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What the lanes have to tell; the next turn writes it down, because the turn alone writes. */
@Singleton
public final class Notes {
    /** A line for the timeline of a VM. */
    record Note(VmId vm, String type, String message) {}

    private final ConcurrentLinkedQueue<Note> notes = new ConcurrentLinkedQueue<>();

    /** Adds a line. */
    void add(VmId vm, String type, String message) {
        notes.add(new Note(vm, type, message));
    }

    /** Takes all lines. */
    List<Note> take() {
        var taken = new ArrayList<Note>();
        for (var note = notes.poll(); note != null; note = notes.poll()) {
            taken.add(note);
        }
        return taken;
    }
}
