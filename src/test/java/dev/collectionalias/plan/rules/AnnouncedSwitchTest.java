package dev.collectionalias.plan.rules;

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
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Requests;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.seen.Seen;
import dev.collectionalias.plan.seen.Sight;
import dev.collectionalias.plan.step.Situation;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The operator forgets no announced switch before the server has said where the alias is, whatever the spec names by now. */
class AnnouncedSwitchTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Problem AWAY = new Problem(Reason.ConnectionFailed, "no answer");

    static List<Sight> sightsOfNoServer() {
        return List.of(new Sight.Unclear(new AliasKey("milvus:19530", "default", "products"), AWAY),
                new Sight.NoConnection(AWAY, Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("sightsOfNoServer")
    void isRemembered(Sight sight) {
        CollectionAliasStatus status = AliasRules.next(new Situation(subject(), new Seen(sight), NOW, 0)).situation()
                .status();

        assertThat(status.candidate().collection()).isEqualTo("v2");
        assertThat(status.candidate().announced()).isTrue();
    }

    private static Subject subject() {
        CollectionAliasStatus status = Serialization.unmarshal("""
                owned: true
                endpoint: milvus:19530
                active: {collection: v1, id: '1', revision: 1, since: "2026-01-01T11:00:00Z"}
                candidate: {collection: v2, id: '2', since: "2026-01-01T11:59:00Z", announced: true}
                """, CollectionAliasStatus.class);
        CollectionAliasSpec spec = new CollectionAliasSpec("products", "v3", null, null, null, null, null, null, null,
                null, null, null);
        return new Subject(new ObjectName("shop", "products"), 3, NOW.minus(Duration.ofHours(2)), Optional.empty(),
                spec, status, new Requests(Map.of()));
    }
}
