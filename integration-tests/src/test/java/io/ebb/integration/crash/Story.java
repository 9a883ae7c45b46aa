package io.ebb.integration.crash;

/** What happens around a point: what leads a process there, and at what time. */
enum Story {
    /** An event comes, and somewhere on its way the point is reached. */
    EVENT(""),
    /** The VM of an event is out of rotation; what happens all the time happens once more. */
    OUT(", its VM out"),
    /** Azure calls the event off while the process is paused. */
    CALLED_OFF(", the event called off meanwhile"),
    /** A write that was held up by a pause takes effect after its event has been called off. */
    LATE(", after a pause in which the event was called off"),
    /** A process reaches the point as it starts; when it has fallen, an event comes. */
    START(", as it starts"),
    /** An operator drains a VM and gives it back, and revises the policy in between. */
    OPERATOR(", an operator draining the VM"),
    /** All processes are asked to end while an operator keeps a VM out. */
    END(", asked to end while an operator keeps the VM out");

    private final String words;

    Story(String words) {
        this.words = words;
    }

    /** Whether an operator drains the VM, and not an event. */
    boolean isOperators() {
        return this == OPERATOR || this == END;
    }

    @Override
    public String toString() {
        return words;
    }
}
