package dev.collectionalias.plan.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.collectionalias.api.v1alpha1.CollectionAliasSpec;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.AliasKey;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Requests;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.seen.CollectionFacts;
import dev.collectionalias.plan.seen.CollectionState;
import dev.collectionalias.plan.seen.GateFacts;
import dev.collectionalias.plan.seen.Loading;
import dev.collectionalias.plan.seen.Need;
import dev.collectionalias.plan.seen.Observation;
import dev.collectionalias.plan.seen.RetirementFacts;
import dev.collectionalias.plan.seen.Seen;
import dev.collectionalias.plan.seen.Sight;
import dev.collectionalias.plan.seen.Standing;
import dev.collectionalias.plan.seen.SwitchRemedy;
import dev.collectionalias.plan.seen.Target;
import dev.collectionalias.plan.step.Conclusion;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.plan.step.Step;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

/** The rules of an alias that is in place, where what follows depends on what was found out before. */
class RulesInPlaceTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final AliasKey KEY = new AliasKey("milvus:19530", "default", "products");
    private static final CollectionState V1 = new CollectionState("v1", "1", true);
    private static final CollectionState V2 = new CollectionState("v2", "2", true);
    private static final Need.Collection PREVIOUS = new Need.Collection("v1");
    private static final Need.Gates GATES = new Need.Gates(V2, Optional.of(V1), true);

    /** Asking the gates may take long, so that the way back may be closed by then. */
    @Test
    void aRollbackThatVerificationWantsIsDecidedOnANewLook() {
        Situation situation = situation("verify: {for: 5m}", """
                previous: {collection: v1, id: '1'}
                verification: {until: "2026-01-01T12:03:00Z", askedAt: "2026-01-01T11:59:30Z", failures: 2}
                """, Set.of());

        Step step = AliasRules.next(situation.seeing(situation.seen().with(PREVIOUS, Optional.of(V1)).with(GATES,
                new GateFacts(
                        new CollectionFacts(V2, Loading.NOT_LOADED, Optional.empty(), Optional.empty(),
                                Optional.empty()),
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("not loaded")))));

        assertThat(step).isInstanceOfSatisfying(Step.Look.class,
                look -> assertThat(look.situation().status().rollback().collection()).isEqualTo("v1"));
    }

    /** What the gates said would be forgotten if the call were to fail. */
    @Test
    void aSwitchThatCouldNotBeConfirmedIsNotTriedAgainWhileItIsVerified() {
        Situation situation = situation("verify: {for: 5m}", """
                previous: {collection: v1, id: '1'}
                verification: {until: "2026-01-01T12:03:00Z", askedAt: "2026-01-01T11:59:30Z", failures: 0}
                conditions:
                - {type: Confirmed, status: "False", reason: Unconfirmed, lastTransitionTime: "2026-01-01T11:59:00Z"}
                """, Set.of(SwitchRemedy.EXPIRE_CACHES));

        Step step = AliasRules
                .next(situation.remember(status -> status.withActive(status.active().withConfirmed(false)))
                        .seeing(situation.seen().with(PREVIOUS, Optional.of(V1)).with(GATES,
                                new GateFacts(
                                        new CollectionFacts(V2, Loading.SEARCHABLE, Optional.empty(), Optional.empty(),
                                                Optional.empty()),
                                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("")))));

        assertThat(step).isInstanceOfSatisfying(Step.Rest.class,
                rest -> assertThat(rest.conclusion()).isInstanceOf(Conclusion.Verifying.class));
    }

    @Test
    void aVerificationNeedsNoTimeOfTheSwitch() {
        Situation situation = situation("verify: {for: 5m}", """
                previous: {collection: v1, id: '1'}
                verification: {until: "2026-01-01T12:03:00Z"}
                """, Set.of()).remember(status -> status.withActive(status.active().withSince(null)));

        assertThat(AliasRules.next(situation)).isInstanceOf(Step.Ask.class);
    }

    /** Nobody may grant the privilege that it waits for. */
    @Test
    void aCollectionThatCanNotBeReleasedKeepsNoOtherInMemory() {
        String why = "old_1 could not be released from memory: no privilege";
        Situation situation = situation("retirement: {releaseAfter: 1h}", """
                retiring:
                - {collection: old_1, id: '8', rows: 5, at: "2026-01-01T11:00:00Z", message: "%s"}
                - {collection: old_2, id: '9', rows: 5, at: "2026-01-01T11:00:00Z"}
                """.formatted(why), Set.of());

        Step step = AliasRules.next(situation.seeing(situation.seen().with(new Need.Retirement("old_1"),
                Optional.of(new RetirementFacts(Optional.empty(), 0, List.of(), List.of(),
                        Optional.of(new Problem(Reason.PermissionDenied, "no privilege")))))));

        assertThat(step).isInstanceOfSatisfying(Step.Ask.class,
                ask -> assertThat(ask.need()).isEqualTo(new Need.Retirement("old_2")));
    }

    /** Of an alias that is at v2, where its object has put it. */
    private static Situation situation(String cutover, String status, Set<SwitchRemedy> remedies) {
        CollectionAliasSpec spec = Serialization.unmarshal(
                "alias: products\ncollection: v2\ncutover: {%s}".formatted(cutover), CollectionAliasSpec.class);
        CollectionAliasStatus remembered = Serialization.unmarshal("""
                observedGeneration: 1
                owned: true
                endpoint: milvus:19530
                active: {collection: v2, id: '2', revision: 2, since: "2026-01-01T11:00:00Z"}
                %s""".formatted(status), CollectionAliasStatus.class);
        Subject subject = new Subject(new ObjectName("shop", "products"), 1, NOW.minus(Duration.ofHours(2)),
                Optional.empty(), spec, remembered, new Requests(Map.of()));
        Observation observation = new Observation(Optional.of(V2), new Target.Found(V2), Optional.of(V2), remedies);
        return new Situation(subject, new Seen(new Sight.Clear(KEY, new Standing.Owner(), observation, List.of())), NOW,
                0);
    }
}
