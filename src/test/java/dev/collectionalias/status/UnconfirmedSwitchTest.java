package dev.collectionalias.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAliasSpec;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.AliasKey;
import dev.collectionalias.plan.Decision;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Outcome;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Requests;
import dev.collectionalias.plan.Sight;
import dev.collectionalias.plan.Subject;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A switch that can't be confirmed for now is not asked about without a pause. */
class UnconfirmedSwitchTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Problem AWAY = new Problem(Reason.ConnectionFailed, "no answer");
    private static final Sight UNCLEAR = new Sight.Unclear(new AliasKey("milvus:19530", "default", "products"), AWAY);

    static List<Decision> decisionsThatConfirmNothing() {
        return List.of(new Decision.Suspend(), new Decision.Wait(AWAY));
    }

    @ParameterizedTest
    @MethodSource("decisionsThatConfirmNothing")
    void waitsAsAnyOther(Decision decision) {
        AliasReport report = AliasReporter.report(subject(), UNCLEAR, decision, new Outcome.NoCall(), NOW, 0);

        assertThat(report.next()).isInstanceOfSatisfying(Next.After.class,
                after -> assertThat(after.delay()).isGreaterThanOrEqualTo(Duration.ofSeconds(1)));
    }

    private static Subject subject() {
        CollectionAliasStatus status = Serialization.unmarshal("""
                owned: true
                endpoint: milvus:19530
                active: {collection: v1, id: '1', revision: 1, since: "2026-01-01T11:00:00Z", confirmed: false}
                """, CollectionAliasStatus.class);
        CollectionAliasSpec spec = new CollectionAliasSpec("products", "v1", null, null, null, null, null, null, null,
                null, null, null);
        return new Subject(new ObjectName("shop", "products"), 1, NOW.minus(Duration.ofHours(2)), Optional.empty(),
                spec,
                status, new Requests(Map.of()));
    }
}
