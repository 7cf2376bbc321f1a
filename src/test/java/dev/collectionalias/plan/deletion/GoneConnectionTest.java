package dev.collectionalias.plan.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAliasSpec;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.Announcement;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Requests;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.rules.AliasRules;
import dev.collectionalias.plan.seen.Seen;
import dev.collectionalias.plan.seen.Sight;
import dev.collectionalias.plan.step.Conclusion;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.plan.step.Step;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

/** A deletion whose connection is gone ends, but not because a Secret is replaced. */
class GoneConnectionTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Problem GONE = new Problem(Reason.SecretInvalid, "there is no Secret shop/milvus");

    private static Step decide(Duration deletedAgo, Optional<Duration> goneFor) {
        return decide(deletedAgo, new Sight.NoConnection(GONE, goneFor.map(NOW::minus)));
    }

    private static Step decide(Duration deletedAgo, Sight sight) {
        return decide(deletedAgo, sight, "owned: true\nendpoint: milvus:19530");
    }

    private static Step decide(Duration deletedAgo, Sight sight, String owner) {
        CollectionAliasSpec spec = new CollectionAliasSpec("products", "products_v1", null, null, null, null, null,
                null,
                null, null, null, null);
        CollectionAliasStatus status = Serialization.unmarshal(owner, CollectionAliasStatus.class);
        Subject subject = new Subject(new ObjectName("shop", "products"), 1, NOW.minus(Duration.ofDays(1)),
                Optional.of(NOW.minus(deletedAgo)), spec, status, new Requests(Map.of()));
        return AliasRules.next(new Situation(subject, new Seen(sight), NOW, 0));
    }

    private static Problem problem(Step.Rest rest) {
        return ((Conclusion.Blocked) rest.conclusion()).problem();
    }

    @Test
    void isWaitedForTenMinutes() {
        assertThat(decide(Duration.ofMinutes(9), Optional.of(Duration.ofMinutes(20))))
                .isInstanceOf(Step.Rest.class);
        assertThat(decide(Duration.ofMinutes(11), Optional.of(Duration.ofMinutes(20))))
                .isInstanceOf(Step.LetGo.class);
    }

    @Test
    void saysWhatComesOfIt() {
        assertThat(decide(Duration.ofMinutes(1), Optional.of(Duration.ofMinutes(1))))
                .isInstanceOfSatisfying(Step.Rest.class, rest -> assertThat(problem(rest))
                        .isEqualTo(
                                new Problem(Reason.SecretInvalid, "there is no Secret shop/milvus; if that lasts for "
                                        + "10 minutes, the object goes and alias products is left in Milvus")));
    }

    @Test
    void isWaitedForThoughTheDeletionHasLastedLonger() {
        assertThat(decide(Duration.ofMinutes(30), Optional.of(Duration.ofSeconds(1))))
                .isInstanceOf(Step.Rest.class);
    }

    @Test
    void isWaitedForWithoutAnEndWhereItOnlyFails() {
        assertThat(decide(Duration.ofDays(1), Optional.empty())).isInstanceOfSatisfying(Step.Rest.class,
                rest -> assertThat(problem(rest)).isEqualTo(GONE));
    }

    @Test
    void isNotWaitedForWhereTheConnectionIsBeingDeletedToo() {
        assertThat(decide(Duration.ofSeconds(1), new Sight.NoConnection(GONE, Optional.of(NOW), true)))
                .isInstanceOfSatisfying(Step.LetGo.class, gone -> assertThat(gone.situation().news())
                        .containsExactly(
                                Announcement.normal(Reason.Deleting, "alias products is left in Milvus: there is "
                                        + "no Secret shop/milvus, and the connection is being deleted, too")));
    }

    @Test
    void isWaitedForEvenThenWhereNeighboursOfADropAreToBeStoredAgain() {
        String begun = "owned: true\nendpoint: milvus:19530\nneighbours: [{alias: products_eu, collection: other}]";

        assertThat(decide(Duration.ofMinutes(9),
                new Sight.NoConnection(GONE, Optional.of(NOW.minus(Duration.ofMinutes(20))), true), begun))
                .isInstanceOf(Step.Rest.class);
        assertThat(decide(Duration.ofMinutes(11),
                new Sight.NoConnection(GONE, Optional.of(NOW.minus(Duration.ofMinutes(20))), true), begun))
                .isInstanceOf(Step.LetGo.class);
    }
}
