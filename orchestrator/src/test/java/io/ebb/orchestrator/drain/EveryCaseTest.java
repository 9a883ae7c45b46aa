package io.ebb.orchestrator.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EveryCaseTest {
    @Test
    void noCaseOfAVmBreaksALaw() {
        assertThat(Cases.all().flatMap(c -> Laws.broken(Heart.REAL, c).stream())).isEmpty();
    }

    @Test
    void thereAreTensOfThousandsOfCases() {
        assertThat(Cases.all().count()).isGreaterThan(30_000);
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void aWrongDecisionIsFound(Heart mutant) {
        assertThat(Cases.all().anyMatch(c -> !Laws.broken(mutant, c).isEmpty())).isTrue();
    }

    static Stream<Heart> mutants() {
        return Stream.of(
                new Mutant("drained without waiting for the connections") {
                    @Override
                    public State state(Vm vm, Optional<String> refused) {
                        var state = State.of(vm, refused);
                        return state instanceof State.Draining d && !d.leaving()
                                ? new State.Drained()
                                : state;
                    }
                },
                new Mutant("a quiesced member counts as out") {
                    @Override
                    public State state(Vm vm, Optional<String> refused) {
                        var state = State.of(vm, refused);
                        var out = !vm.members().isEmpty() && !vm.any(Member::isIn);
                        return state instanceof State.Draining && out && vm.connections().quiet()
                                ? new State.Drained()
                                : state;
                    }
                },
                new Mutant("goes back before it is healthy") {
                    @Override
                    public List<Step> moves(Vm vm, State state, Instant now) {
                        return state instanceof State.Returning
                                ? vm.members(Member::isTaken).<Step>map(Step.PutBack::new).toList()
                                : Heart.REAL.moves(vm, state, now);
                    }
                },
                new Mutant("puts back what others took out") {
                    @Override
                    public List<Step> moves(Vm vm, State state, Instant now) {
                        return state instanceof State.Untouched && vm.healthy()
                                ? vm.members(m -> !m.isIn()).<Step>map(Step.PutBack::new).toList()
                                : Heart.REAL.moves(vm, state, now);
                    }
                },
                new Mutant("removes while flows are established") {
                    @Override
                    public List<Step> moves(Vm vm, State state, Instant now) {
                        return state instanceof State.Draining
                                ? vm.members(Member::isLeaving)
                                        .<Step>map(Step.TakeOut::new)
                                        .toList()
                                : Heart.REAL.moves(vm, state, now);
                    }
                },
                new Mutant("settles while the write may be under way") {
                    @Override
                    public List<Step> moves(Vm vm, State state, Instant now) {
                        return state instanceof State.Returning
                                ? vm.members(m -> m.isTaken() && m.isIn())
                                        .<Step>map(Step.Settle::new)
                                        .toList()
                                : Heart.REAL.moves(vm, state, now);
                    }
                },
                new Mutant("takes out although there is no room") {
                    @Override
                    public State state(Vm vm, Optional<String> refused) {
                        return State.of(vm, Optional.empty());
                    }
                });
    }

    private abstract static class Mutant implements Heart {
        private final String name;

        Mutant(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
