package dev.collectionalias.plan.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.collectionalias.api.v1alpha1.CollectionAliasSpec;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.AliasKey;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Requests;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.rules.AliasRules;
import dev.collectionalias.plan.seen.AliasProof;
import dev.collectionalias.plan.seen.CollectionState;
import dev.collectionalias.plan.seen.Need;
import dev.collectionalias.plan.seen.Observation;
import dev.collectionalias.plan.seen.Seen;
import dev.collectionalias.plan.seen.Sight;
import dev.collectionalias.plan.seen.Standing;
import dev.collectionalias.plan.seen.SwitchRemedy;
import dev.collectionalias.plan.seen.Target;
import dev.collectionalias.plan.step.Effect;
import dev.collectionalias.plan.step.Outcome;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.plan.step.Step;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

/** When the operator asks for the proof of a switch, and what an answer leads to. */
class ProofsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final AliasKey KEY = new AliasKey("milvus:19530", "default", "products");
    private static final CollectionState V2 = new CollectionState("v2", "2", true);
    private static final String A_MINUTE_AGO = "2026-01-01T11:59:00Z";
    private static final String DUE = "{against: v1}";
    private static final String STALE = """
            {against: v1, witness: 0123456789ab, asked: 3, answered: 2, stale: 1, at: "2026-01-01T11:59:40Z"}""";
    private static final String SAID = """
            conditions:
            - {type: Confirmed, status: "False", reason: StaleAnswers, message: m, lastTransitionTime: "2026-01-01T11:59:00Z"}
            """;
    private static final AliasProof STALE_AGAIN = new AliasProof.Asked("0123456789ab", 3, 1, 2);
    private static final AliasProof GOOD = new AliasProof.Asked("0123456789ab", 3, 3, 0);
    private static final AliasProof SILENCE = new AliasProof.Unanswered("no answer");

    @Test
    void theStatusSaysReadyBeforeTheQuestion() {
        Situation situation = situation(A_MINUTE_AGO, DUE, "", Set.of());

        Step step = AliasRules.next(situation);

        assertThat(step).isInstanceOfSatisfying(Step.Ask.class, ask -> {
            assertThat(ask.need()).isEqualTo(new Need.Proof(V2, "v1", Optional.empty()));
            assertThat(ask.situation().conditions().status(ConditionType.Ready)).contains(ConditionStatus.True);
        });
    }

    @Test
    void anUnconfirmedSwitchIsConfirmedFirst() {
        Situation situation = situation("2026-01-01T11:59:59Z", DUE, "", Set.of(SwitchRemedy.SEND_AGAIN))
                .remember(status -> status.withActive(status.active().withConfirmed(false)));

        assertThat(AliasRules.next(situation)).isInstanceOf(Step.Rest.class);
    }

    @Test
    void theQuestionComesBeforeThoseOfAVerificationUnderWay() {
        Situation situation = situation(A_MINUTE_AGO, DUE, """
                verification: {until: "2026-01-01T12:03:00Z", askedAt: "2026-01-01T11:59:30Z", failures: 0}
                """, Set.of());

        assertThat(AliasRules.next(situation)).isInstanceOfSatisfying(Step.Ask.class,
                ask -> assertThat(ask.need()).isInstanceOf(Need.Proof.class));
    }

    @Test
    void aServerThatDoesNotAnswerIsAskedAgainAndTheStatusStays() {
        Situation situation = situation(A_MINUTE_AGO, DUE, "", Set.of());

        Step step = answered(situation, SILENCE);

        assertThat(step).isInstanceOfSatisfying(Step.Rest.class, rest -> {
            assertThat(rest.delay()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(60));
            assertThat(rest.situation().status().active()).isEqualTo(situation.status().active());
        });
    }

    @Test
    void butNotForEver() {
        Step step = answered(situation("2026-01-01T11:00:00Z", DUE, "", Set.of()), SILENCE);

        assertThat(active(step).proof().inWords()).isEqualTo("not proved: no answer");
    }

    /** The old answer to the same question is no new one. */
    @Test
    void aStaleAnswerConfirmsAtOnceAndIsAskedForAgainLater() {
        Step step = answered(situation(A_MINUTE_AGO, DUE, "", Set.of(SwitchRemedy.SEND_AGAIN)), STALE_AGAIN);

        assertThat(step).isInstanceOfSatisfying(Step.Call.class, call -> {
            assertThat(call.effect())
                    .isInstanceOfSatisfying(Effect.Confirm.class, confirm -> assertThat(confirm.stale()).isTrue());
            assertThat(call.situation().news()).extracting("reason").contains(Reason.StaleAnswers);
            Step after = AliasRules.after(call.situation().told(), call.effect(),
                    new Outcome.Done(Duration.ZERO, false));
            assertThat(after).isInstanceOfSatisfying(Step.Rest.class,
                    rest -> assertThat(rest.delay()).isEqualTo(Duration.ofSeconds(5)));
        });
    }

    @Test
    void theLongerAnswersAreStaleTheRarerTheOperatorAsks() {
        // Forty seconds after the first stale answer, half of that.
        assertThat(AliasRules.next(situation(A_MINUTE_AGO, STALE, SAID, Set.of()))).isInstanceOf(Step.Ask.class);
        assertThat(AliasRules.next(situation(A_MINUTE_AGO, STALE, SAID, Set.of()).at(NOW.minusSeconds(1))))
                .isInstanceOf(Step.Rest.class);
    }

    @Test
    void aFurtherStaleAnswerSendsNoFurtherEvent() {
        assertThat(answered(situation(A_MINUTE_AGO, STALE, SAID, Set.of()), STALE_AGAIN)).isInstanceOfSatisfying(
                Step.Call.class, call -> assertThat(call.situation().news()).isEmpty());
    }

    @Test
    void goodAnswersEndIt() {
        Step step = answered(situation(A_MINUTE_AGO, STALE, SAID, Set.of()), GOOD);

        assertThat(step).isInstanceOfSatisfying(Step.Rest.class, rest -> assertThat(
                rest.situation().subject().condition(ConditionType.Confirmed)).isEmpty());
        assertThat(active(step).proof().inWords()).isEqualTo("proved by 3 answers");
    }

    /** They do not show that the next search is answered from there, too. */
    @Test
    void goodAnswersDoNotConfirmASwitchThatTheServerNeedsToHaveConfirmed() {
        Situation situation = situation(A_MINUTE_AGO, STALE, SAID.replace("StaleAnswers", "Unconfirmed"),
                Set.of(SwitchRemedy.EXPIRE_CACHES))
                .remember(status -> status.withActive(status.active().withConfirmed(false)))
                .seeing(situation(A_MINUTE_AGO, STALE, "", Set.of(SwitchRemedy.EXPIRE_CACHES)).milvus()
                        .afterConfirmation());

        Step step = answered(situation, GOOD);

        assertThat(step).isInstanceOfSatisfying(Step.Rest.class, rest -> assertThat(
                rest.situation().subject().condition(ConditionType.Confirmed)).isPresent());
    }

    @Test
    void aCureThatFailsLeavesTheAliasReady() {
        Step.Call call = (Step.Call) answered(situation(A_MINUTE_AGO, DUE, "", Set.of(SwitchRemedy.SEND_AGAIN)),
                STALE_AGAIN);

        Step step = AliasRules.after(call.situation().told(), call.effect(),
                new Outcome.Failed(new Problem(Reason.RateLimited, "slow down")));

        assertThat(step).isInstanceOfSatisfying(Step.Rest.class, rest -> {
            assertThat(rest.situation().conditions().status(ConditionType.Ready)).contains(ConditionStatus.True);
            assertThat(rest.situation().subject().condition(ConditionType.Confirmed)).hasValueSatisfying(
                    confirmed -> assertThat(confirmed.message()).endsWith("slow down"));
        });
    }

    private static Step answered(Situation situation, AliasProof answer) {
        Step.Ask ask = (Step.Ask) AliasRules.next(situation);
        return AliasRules.next(ask.situation().told()
                .seeing(ask.situation().seen().with((Need.Proof) ask.need(), answer)));
    }

    private static CollectionAliasStatus.Active active(Step step) {
        return ((Step.Rest) step).situation().status().active();
    }

    /** Of an alias that is at v2, where its object has put it. */
    private static Situation situation(String since, String proof, String status, Set<SwitchRemedy> remedies) {
        String verify = status.contains("verification") ? "verify: {for: 5m}" : "";
        CollectionAliasSpec spec = Serialization.unmarshal(
                "alias: products\ncollection: v2\ncutover: {proof: Auto, %s}".formatted(verify),
                CollectionAliasSpec.class);
        CollectionAliasStatus remembered = Serialization.unmarshal("""
                observedGeneration: 1
                owned: true
                endpoint: milvus:19530
                active: {collection: v2, id: '2', revision: 2, since: "%s", proof: %s}
                %s""".formatted(since, proof, status), CollectionAliasStatus.class);
        Subject subject = new Subject(new ObjectName("shop", "products"), 1, NOW.minus(Duration.ofHours(2)),
                Optional.empty(), spec, remembered, new Requests(Map.of()));
        Observation observation = new Observation(Optional.of(V2), new Target.Found(V2), Optional.of(V2), remedies);
        return new Situation(subject, new Seen(new Sight.Clear(KEY, new Standing.Owner(), observation, List.of())), NOW,
                0);
    }
}
