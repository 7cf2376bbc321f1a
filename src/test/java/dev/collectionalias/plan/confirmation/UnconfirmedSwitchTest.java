package dev.collectionalias.plan.confirmation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAliasSpec;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.AliasKey;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Requests;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.rules.AliasRules;
import dev.collectionalias.plan.seen.Seen;
import dev.collectionalias.plan.seen.Sight;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.plan.step.Step;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator pauses between two attempts to confirm a switch. */
class UnconfirmedSwitchTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Problem AWAY = new Problem(Reason.ConnectionFailed, "no answer");
    private static final Sight UNCLEAR = new Sight.Unclear(new AliasKey("milvus:19530", "default", "products"), AWAY);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void waitsAsAnyOther(boolean suspended) {
        Step step = AliasRules.next(new Situation(subject(suspended), new Seen(UNCLEAR), NOW, 0));

        assertThat(step).isInstanceOfSatisfying(Step.Rest.class,
                rest -> assertThat(rest.delay()).isGreaterThanOrEqualTo(Duration.ofSeconds(1)));
    }

    private static Subject subject(boolean suspended) {
        CollectionAliasStatus status = Serialization.unmarshal("""
                owned: true
                endpoint: milvus:19530
                active: {collection: v1, id: '1', revision: 1, since: "2026-01-01T11:00:00Z", confirmed: false}
                """, CollectionAliasStatus.class);
        CollectionAliasSpec spec = new CollectionAliasSpec("products", "v1", null, null, null, null, null, null, null,
                suspended, null, null);
        return new Subject(new ObjectName("shop", "products"), 1, NOW.minus(Duration.ofHours(2)), Optional.empty(),
                spec,
                status, new Requests(Map.of()));
    }
}
