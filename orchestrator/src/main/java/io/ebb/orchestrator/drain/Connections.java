package io.ebb.orchestrator.drain;

/** What is known of a VM's connections on the ports of its pools. */
public sealed interface Connections {
    /** Whether none has been seen for as long as the policy asks, since the VM left rotation. */
    default boolean quiet() {
        return this instanceof Quiet || this instanceof Assumed;
    }

    /** None for long enough. */
    record Quiet() implements Connections {
        @Override
        public String toString() {
            return "no connections";
        }
    }

    /** Nobody counted, for so long that the policy takes it for quiet. */
    record Assumed(Assumption because, String why) implements Connections {
        @Override
        public String toString() {
            return "taken for quiet: " + why;
        }
    }

    /** So many now; zero means: not long enough yet. */
    record Open(int count) implements Connections {
        @Override
        public String toString() {
            return count == 1 ? "1 connection" : count + " connections";
        }
    }

    /** Nobody counted. */
    record Unknown(String why) implements Connections {
        @Override
        public String toString() {
            return "connections unknown: " + why;
        }
    }
}
