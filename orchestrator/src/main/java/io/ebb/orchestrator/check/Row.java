package io.ebb.orchestrator.check;

import java.util.List;

/**
 * A VM's place in a pool, as the table shows it.
 *
 * @param pool {@code -} for a VM in no pool
 * @param budget minimum, most out, and who is in rotation now
 * @param outbound who gives the VM its way out
 * @param hinders why draining it is not possible, or not without loss; each in words
 */
record Row(
        String vm,
        String nic,
        String pool,
        String strategy,
        String budget,
        String outbound,
        List<String> hinders) {
    Row {
        hinders = List.copyOf(hinders);
    }
}
