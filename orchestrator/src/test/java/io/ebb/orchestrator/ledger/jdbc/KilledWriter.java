package io.ebb.orchestrator.ledger.jdbc;

import io.ebb.orchestrator.ledger.Ledger.Intent;
import io.ebb.orchestrator.ledger.Samples;
import java.time.Duration;

/** A process that writes down members, one after the other, and says so, until it is killed. */
final class KilledWriter {
    private KilledWriter() {}

    static void main(String[] args) {
        try (var dataSource = Databases.open(args[0], "sa", "")) {
            var ledger = new JdbcLedger(dataSource);
            var lease = ledger.lease("killed", Duration.ofMinutes(10)).orElseThrow();
            for (int number = 1; !System.out.checkError(); number++) {
                ledger.write(lease, Samples.taken(Samples.member(number, Intent.LEAVE)));
                System.out.println("written " + number);
            }
        }
    }
}
