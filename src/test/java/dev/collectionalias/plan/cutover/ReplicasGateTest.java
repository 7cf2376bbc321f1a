package dev.collectionalias.plan.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.api.v1alpha1.LoadedPolicy;
import dev.collectionalias.api.v1alpha1.ReplicasPolicy;
import dev.collectionalias.api.v1alpha1.Verdict;
import dev.collectionalias.plan.cutover.Gate.Judgement;
import dev.collectionalias.plan.seen.GateFacts;
import dev.collectionalias.plan.seen.Loading;
import dev.collectionalias.plan.seen.Replicas;
import org.junit.jupiter.api.Test;

/** A candidate that is in memory fewer times than the active collection does not get the alias. */
class ReplicasGateTest {

    private static final Cutover.Gates AT_LEAST_ACTIVE = gates(false);
    private static final Replicas ONE = new Replicas.Known(List.of("a"));
    private static final Replicas TWO = new Replicas.Known(List.of("a", "b"));

    @Test
    void fewerReplicasWaitForALoad() {
        assertThat(judge(false, GateCase.replicas(TWO, Loading.SEARCHABLE, ONE))).contains(new Judgement(
                Verdict.Waiting, "v2 has 1 replica, v1 has 2 replicas; load it with 2"));
    }

    @Test
    void asManyOrMorePass() {
        assertThat(judge(false, GateCase.replicas(TWO, Loading.SEARCHABLE, TWO)))
                .contains(new Judgement(Verdict.Passed, "v2 has 2 replicas, v1 has 2 replicas"));
        assertThat(judge(false, GateCase.replicas(ONE, Loading.SEARCHABLE, TWO)))
                .contains(new Judgement(Verdict.Passed, "v2 has 2 replicas, v1 has 1 replica"));
        assertThat(judge(false, GateCase.replicas(Replicas.NONE, Loading.NOT_LOADED, Replicas.NONE)))
                .contains(new Judgement(Verdict.Passed, "v2 has 0 replicas, v1 has 0 replicas"));
    }

    @Test
    void autoLoadLoadsAsManyButChangesNoLoadedCollection() {
        assertThat(judge(true, GateCase.replicas(TWO, Loading.NOT_LOADED, Replicas.NONE))).contains(new Judgement(
                Verdict.Waiting, "v2 has 0 replicas, v1 has 2 replicas; autoLoad loads as many"));
        assertThat(judge(true, GateCase.replicas(TWO, Loading.SEARCHABLE, ONE))).contains(new Judgement(
                Verdict.Waiting, "v2 has 1 replica, v1 has 2 replicas; load it with 2, since autoLoad can't change the "
                        + "number of a collection that is loaded already"));
    }

    @Test
    void aServerThatDoesNotTellIsNotTakenForOneThatHasEnough() {
        Replicas untold = new Replicas.Untold("getReplicas v2: denied");

        assertThat(judge(false, GateCase.replicas(ONE, Loading.SEARCHABLE, untold))).contains(new Judgement(
                Verdict.Waiting, "the server does not tell the replicas of v2: getReplicas v2: denied; set "
                        + "gates.replicas: Ignore to do without"));
    }

    @Test
    void noAnswerSaysNothingAgainstACollectionThatServes() {
        Replicas untold = new Replicas.Untold("getReplicas v2: denied");

        assertThat(new ReplicasGate(false).judge(AT_LEAST_ACTIVE, GateCase.replicas(ONE, Loading.SEARCHABLE, untold)))
                .isEmpty();
        assertThat(new ReplicasGate(false).judge(AT_LEAST_ACTIVE, GateCase.replicas(TWO, Loading.SEARCHABLE, ONE)))
                .hasValueSatisfying(judgement -> assertThat(judgement.verdict()).isEqualTo(Verdict.Waiting));
    }

    @Test
    void nobodyComparesWhereNothingIsToCompareOrNobodyAsks() {
        assertThat(judge(false, GateCase.newAlias())).isEmpty();
        assertThat(new ReplicasGate(true).judge(Cutover.DEFAULT.gates(),
                GateCase.replicas(TWO, Loading.SEARCHABLE, ONE))).isEmpty();
    }

    private static Optional<Judgement> judge(boolean autoLoad, GateFacts facts) {
        return new ReplicasGate(true).judge(gates(autoLoad), facts);
    }

    private static Cutover.Gates gates(boolean autoLoad) {
        return new Cutover.Gates(LoadedPolicy.IfServing, autoLoad, null, null, null, null,
                ReplicasPolicy.AtLeastActive);
    }
}
