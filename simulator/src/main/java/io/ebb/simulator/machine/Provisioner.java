package io.ebb.simulator.machine;

/** Puts new machines on hardware. */
public interface Provisioner {
    /** No hardware, for simulations whose machines are all there from the start. */
    Provisioner NONE =
            new Provisioner() {
                @Override
                public boolean hasRoomFor(String vm) {
                    return false;
                }

                @Override
                public void provision(String vm, String customData) {
                    throw new IllegalStateException("no hardware for " + vm);
                }
            };

    /** Whether there is hardware for a machine of this name that no machine runs on. */
    boolean hasRoomFor(String vm);

    /**
     * Starts a machine and returns when it runs.
     *
     * @param customData what its cloud-init finds; empty: nothing
     */
    void provision(String vm, String customData);
}
