package io.ebb.orchestrator.ledger;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.ledger.Ledger.Entry;
import io.ebb.orchestrator.ledger.Ledger.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every ledger promises to several who use it at once. */
public abstract class LedgerConcurrencyContract extends LedgerContract {

    @Test
    void twoOwnersNeverHoldTheLeaseAtOnce() throws Exception {
        var term = Duration.ofMillis(15);
        var owners = new ArrayList<Callable<List<Lease>>>();
        for (var owner : List.of("a", "b", "c", "d")) {
            owners.add(() -> {
                var granted = new ArrayList<Lease>();
                // Each renews once and then lets the lease end, so that it goes around.
                while (granted.stream().noneMatch(lease -> lease.fence() > 20)) {
                    var lease = ledger.lease(owner, term);
                    lease.ifPresent(granted::add);
                    lease.flatMap(_ -> ledger.lease(owner, term)).ifPresent(granted::add);
                    pass(Duration.ofMillis(lease.isPresent() ? 20 : 1));
                }
                return granted;
            });
        }
        var grants = new ArrayList<Lease>();
        together(owners).forEach(grants::addAll);
        grants.sort(comparing(Lease::fence).thenComparing(Lease::until));

        var ownerOfFence = new HashMap<Long, String>();
        for (var lease : grants) {
            assertThat(ownerOfFence.computeIfAbsent(lease.fence(), _ -> lease.owner()))
                    .as("owner of fence %s", lease.fence())
                    .isEqualTo(lease.owner());
        }
        for (int i = 1; i < grants.size(); i++) {
            var former = grants.get(i - 1);
            var lease = grants.get(i);
            if (former.fence() != lease.fence()) {
                assertThat(lease.until().minus(term))
                        .as("%s begins after %s", lease, former)
                        .isAfterOrEqualTo(former.until());
            }
        }
    }

    @Test
    void whoeverReadsOnFromTheLastNumberMissesNothing() throws Exception {
        var writers = 3;
        var turns = 30;
        var lease = lease();
        ledger.write(
                lease,
                Samples.ordered(
                        Samples.event("Scheduled"), Samples.order("o", ledger.now().plus(LONG))));
        var work = new ArrayList<Callable<List<Entry>>>();
        for (int writer = 0; writer < writers; writer++) {
            work.add(() -> {
                var written = new ArrayList<Entry>();
                for (int i = 0; i < turns; i++) {
                    var turn =
                            Samples.timeline(
                                    Samples.entry("d", "a" + i), Samples.entry("d", "b" + i));
                    written.addAll(ledger.write(lease, turn));
                }
                return written;
            });
        }
        work.add(() -> {
            for (int i = 0; i < turns; i++) {
                ledger.result("o", false, "try " + i);
            }
            return List.of();
        });
        var total = writers * turns * 2 + turns;
        work.add(() -> {
            var read = new ArrayList<Entry>();
            while (read.size() < total) {
                var after = read.isEmpty() ? 0 : read.getLast().sequence();
                read.addAll(ledger.timelineAfter(after, 7));
            }
            return read;
        });
        var results = together(work);
        var read = results.getLast();
        assertThat(read).extracting(Entry::sequence).isSorted().doesNotHaveDuplicates();
        assertThat(read.getLast().sequence()).isEqualTo(total);
        for (var written : results.subList(0, writers)) {
            assertThat(read).containsSubsequence(written);
        }
    }

    @Test
    void ofReportsThatArriveAtOnceTheLatestStays() throws Exception {
        var reports = new ArrayList<Callable<Boolean>>();
        for (int i = 1; i <= 8; i++) {
            var heard = Samples.heard("run", i);
            reports.add(() -> ledger.heard(heard));
        }
        assertThat(together(reports)).contains(true);
        assertThat(ledger.agents()).containsExactly(Samples.heard("run", 8));
    }

    /** Does everything at the same time. */
    protected static <T> List<T> together(List<Callable<T>> work)
            throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<T>();
            for (Future<T> result : threads.invokeAll(work)) {
                results.add(result.get());
            }
            return results;
        }
    }
}
