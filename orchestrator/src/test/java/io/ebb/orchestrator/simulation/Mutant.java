package io.ebb.orchestrator.simulation;

import io.ebb.orchestrator.drain.MemberId;
import io.ebb.orchestrator.drain.Terms;
import io.ebb.orchestrator.drain.TermsOf;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.policy.PoolRule;
import io.ebb.orchestrator.pool.LoadBalancer.Change;
import io.ebb.orchestrator.pool.LoadBalancer.Resource;
import io.ebb.protocol.ReportJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A way to be wrong, on purpose. The simulation must find each of them. */
enum Mutant {
    NONE(0),
    /** Rule 1: members are taken without a row. */
    WRITES_NOTHING_DOWN(1) {
        @Override
        Ledger.Turn written(Ledger.Turn turn) {
            return with(turn, List.of(), turn.settled());
        }
    },
    /** Rule 1: the row does not say how the member was. */
    SAVES_SOMETHING_ELSE(1) {
        @Override
        Ledger.Turn written(Ledger.Turn turn) {
            return with(
                    turn, turn.taken().stream().map(row -> saying(row, "")).toList(), List.of());
        }
    },
    /** Rule 2: approves at the deadline, drained or not. */
    APPROVES_AT_THE_DEADLINE(2) {
        @Override
        Terms terms(Terms terms) {
            return TermsOf.like(terms).atDeadline(Terms.AtDeadline.APPROVE).build();
        }
    },
    /** Rule 2: does not care about VMs that Ebb does not manage. */
    IGNORES_STRANGERS(2) {
        @Override
        Terms terms(Terms terms) {
            return TermsOf.like(terms).unmanaged(Terms.Unmanaged.IGNORE).build();
        }
    },
    /** Rule 2: one moment without connections is quiet enough. */
    DOES_NOT_WAIT_FOR_QUIET(2) {
        @Override
        Terms terms(Terms terms) {
            return TermsOf.like(terms).quiet(Duration.ZERO).build();
        }
    },
    /** Rule 2: approves what an operator is to approve, or nobody. */
    ASKS_NOBODY(2) {
        @Override
        Terms terms(Terms terms) {
            return terms.approve() == Terms.Approve.AT_ONCE
                    ? terms
                    : TermsOf.like(terms).approve(Terms.Approve.WHEN_DRAINED).build();
        }
    },
    /** Rule 3: takes VMs out for what the policy ignores. */
    IGNORES_NOTHING(3) {
        @Override
        Terms terms(Terms terms) {
            return TermsOf.like(terms).action(Terms.Action.DRAIN).build();
        }
    },
    /** Rule 3: everybody may be out at once. */
    HAS_NO_BUDGET(3) {
        @Override
        PoolRule pool(PoolRule rule) {
            return new PoolRule(rule.strategy(), 0, false, 99, false, rule.allowOutboundLoss());
        }
    },
    /** Rule 4: what has started is taken for over. */
    TAKES_STARTED_FOR_OVER(4),
    /** Rule 5: whatever is out is put back. */
    ADOPTS_WHAT_OTHERS_TOOK_OUT(5) {
        @Override
        Ledger.Open open(Ledger.Open open, Azure azure, Instant now) {
            var taken = new ArrayList<>(open.taken());
            for (var machine : azure.machines()) {
                for (var pool : azure.pools()) {
                    var member = Azure.member(machine, pool.id());
                    if (!azure.isShown(member) && taken.stream().noneMatch(is(member))) {
                        taken.add(
                                new Ledger.TakenMember(
                                        member,
                                        "/nic/" + machine.id,
                                        "guid-" + machine.id,
                                        Azure.saved(member),
                                        "REMOVE",
                                        Ledger.Intent.LEAVE,
                                        now.minusSeconds(60)));
                    }
                }
            }
            return new Ledger.Open(
                    open.events(),
                    taken,
                    open.drains(),
                    open.instructions(),
                    open.policy(),
                    open.spoken());
        }
    },
    /** Rule 5: puts back something like what was there. */
    PUTS_BACK_SOMETHING_ELSE(5) {
        @Override
        Change change(Change change) {
            return change instanceof Change.Join(var member, _)
                    ? new Change.Join(member, "about " + member)
                    : change;
        }
    },
    /** Rule 5: what was taken out is kept in memory only. */
    FORGETS_WHEN_KILLED(5),
    /** Rule 6: everybody is healthy. */
    BELIEVES_EVERYBODY_HEALTHY(6) {
        @Override
        Ledger.Heard heard(Ledger.Heard heard) {
            return new Ledger.Heard(
                    heard.vm(),
                    heard.name(),
                    heard.run(),
                    heard.boot(),
                    heard.sequence(),
                    heard.report(),
                    heard.at(),
                    Optional.of(Instant.EPOCH));
        }
    },
    /** Rule 7: each interface has a lane of its own. */
    WRITES_INTERFACES_IN_PARALLEL(7) {
        @Override
        Resource resource(Resource r) {
            return new Resource(
                    r.id(), r.vm(), r.id(), r.etag(), r.guid(), r.places(), r.document());
        }
    },
    /** Rule 8: the fence is not checked; who lost the lease writes all the same. */
    WRITES_WITHOUT_THE_LEASE(8),
    /** Rule 8: what was planned is sent, however long ago. */
    SENDS_AFTER_ITS_LEASE(8),
    /** Rule 8: writes over what others wrote since it looked. */
    WRITES_WITHOUT_IF_MATCH(8),
    /** Rule 9: what one agent says of others counts as if all had said it. */
    BELIEVES_ONE_AGENT_FOR_ALL(9) {
        @Override
        List<Ledger.Heard> agents(List<Ledger.Heard> agents) {
            return agents.stream()
                    .filter(heard -> heard.report().contains("LIE-"))
                    .findFirst()
                    .map(liar -> agents.stream().map(h -> saying(h, liar)).toList())
                    .orElse(agents);
        }
    };

    private final int rule;

    Mutant(int rule) {
        this.rule = rule;
    }

    /** The rule that it breaks. */
    int rule() {
        return rule;
    }

    Terms terms(Terms terms) {
        return terms;
    }

    PoolRule pool(PoolRule rule) {
        return rule;
    }

    Ledger.Turn written(Ledger.Turn turn) {
        return turn;
    }

    Ledger.Open open(Ledger.Open open, Azure azure, Instant now) {
        return open;
    }

    Ledger.Heard heard(Ledger.Heard heard) {
        return heard;
    }

    List<Ledger.Heard> agents(List<Ledger.Heard> agents) {
        return agents.stream().map(this::heard).toList();
    }

    Resource resource(Resource resource) {
        return resource;
    }

    Change change(Change change) {
        return change;
    }

    private static java.util.function.Predicate<Ledger.TakenMember> is(MemberId member) {
        return row -> row.id().equals(member);
    }

    static Ledger.Turn with(
            Ledger.Turn turn, List<Ledger.TakenMember> taken, List<MemberId> settled) {
        return new Ledger.Turn(
                turn.events(),
                turn.forgotten(),
                taken,
                settled,
                turn.orders(),
                turn.drains(),
                turn.fulfilled(),
                turn.timeline(),
                turn.spoken());
    }

    /** The same report with another's document. */
    private static Ledger.Heard saying(Ledger.Heard heard, Ledger.Heard other) {
        var from = ReportJson.read(other.report().getBytes(StandardCharsets.UTF_8)).document();
        var to = ReportJson.read(heard.report().getBytes(StandardCharsets.UTF_8)).document();
        var report = heard.report().replace(quoted(to.text()), quoted(from.text()));
        return new Ledger.Heard(
                heard.vm(),
                heard.name(),
                heard.run(),
                heard.boot(),
                heard.sequence(),
                report,
                heard.at(),
                heard.healthySince());
    }

    private static String quoted(String text) {
        return text.replace("\"", "\\\"");
    }

    private static Ledger.TakenMember saying(Ledger.TakenMember row, String saved) {
        return new Ledger.TakenMember(
                row.id(),
                row.resource(),
                row.guid(),
                saved,
                row.strategy(),
                row.intent(),
                row.since());
    }
}
