package io.ebb.simulator.arm;

import io.ebb.simulator.machine.Machines;
import io.ebb.simulator.machine.Provisioner;
import io.ebb.simulator.maintenance.Approvals;
import io.ebb.simulator.maintenance.UserOperations;

/** What ARM steers outside its own resource trees. */
public record Fleet(
        Machines machines,
        Provisioner provisioner,
        UserOperations operations,
        Approvals approvals,
        RuleHealth health) {}
