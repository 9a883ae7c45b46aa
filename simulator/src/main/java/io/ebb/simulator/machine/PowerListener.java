package io.ebb.simulator.machine;

/** Is told what becomes of a machine, before its processes notice. */
@FunctionalInterface
public interface PowerListener {
    void changed(Machine machine, Power power);
}
