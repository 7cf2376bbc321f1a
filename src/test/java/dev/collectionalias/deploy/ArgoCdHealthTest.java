package dev.collectionalias.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.collectionalias.api.v1alpha1.CollectionAliasSpec;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.MilvusConnectionStatus;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.milvus.MilvusConnections;
import dev.collectionalias.plan.Conditions;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Requests;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.seen.Seen;
import dev.collectionalias.plan.seen.Sight;
import dev.collectionalias.plan.step.Readiness;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.plan.step.Step;
import dev.collectionalias.reconciler.ConnectionReporter;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What Argo CD shows for each reason that the operator can give. */
class ArgoCdHealthTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final long GENERATION = 2;
    private static final KubernetesSerialization JSON = new KubernetesSerialization();
    private static final ArgoCdKind ALIAS = ArgoCdKind.named("CollectionAlias");
    static final List<ArgoCdKind> CONNECTIONS = List.of(ArgoCdKind.named("MilvusConnection"),
            ArgoCdKind.named("ClusterMilvusConnection"));

    private enum Health {
        Healthy, Suspended, Progressing, Degraded
    }

    private static Health expected(Reason reason) {
        return switch (reason) {
            case InSync, AliasCreated, AliasAdopted, Switched, HandedOver, DriftCorrected, Retired, Connected,
                    RequestIgnored ->
                Health.Healthy;
            case Suspended, AwaitingPromotion -> Health.Suspended;
            case GatesPending, Verifying, CollectionNotFound, DatabaseNotFound, CollectionNotLoaded, Deleting,
                    ConnectionFailed, MilvusNotReady, RateLimited, ServerError ->
                Health.Progressing;
            case GatesFailed, ProgressDeadlineExceeded, VerifyFailed, RolledBack, Aborted, Drifted, Conflict,
                    AliasExistsElsewhere, NameIsACollection, OwnershipContested, ConnectionNotFound,
                    ConnectionNotAllowed, SecretInvalid, AuthenticationFailed, PermissionDenied, TLSFailed,
                    ProxyFailed, UnsupportedServer, InvalidSpec, InternalError, NotPrimary, Unconfirmed, StaleAnswers,
                    QuotaExceeded, DropFailed ->
                Health.Degraded;
        };
    }

    @ParameterizedTest
    @EnumSource
    void ofAnAlias(Reason reason) {
        assertThat(health(ALIAS, object(GENERATION, aliasStatus(reason)))).isEqualTo(expected(reason));
    }

    @ParameterizedTest
    @MethodSource("reasonsOfConnections")
    void ofAConnection(ArgoCdKind kind, Reason reason) {
        assertThat(health(kind, object(GENERATION, connectionStatus(reason)))).isEqualTo(expected(reason));
    }

    static Stream<Arguments> reasonsOfConnections() {
        Predicate<Reason> onlyOfAliases = reason -> expected(reason) == Health.Suspended;
        return CONNECTIONS.stream().flatMap(kind -> Arrays.stream(Reason.values()).filter(onlyOfAliases.negate())
                .map(reason -> Arguments.of(kind, reason)));
    }

    @ParameterizedTest
    @EnumSource
    void ofAnAliasThatWasChangedSince(Reason reason) {
        assertThat(health(ALIAS, object(GENERATION + 1, aliasStatus(reason)))).isEqualTo(Health.Progressing);
    }

    /** A step that only clears the way leaves the conditions of before, beside a status that is current. */
    @ParameterizedTest
    @EnumSource
    void ofAnAliasWhoseConditionsAreOlderThanItsStatus(Reason reason) {
        JsonNode status = aliasStatus(reason);
        ((ObjectNode) status).put("observedGeneration", GENERATION + 1);

        assertThat(health(ALIAS, object(GENERATION + 1, status))).isEqualTo(Health.Progressing);
    }

    @ParameterizedTest
    @FieldSource("CONNECTIONS")
    void ofAConnectionThatWasChangedSince(ArgoCdKind kind) {
        assertThat(health(kind, object(GENERATION + 1, connectionStatus(Reason.SecretInvalid))))
                .isEqualTo(Health.Progressing);
    }

    @Test
    void isTheSameForBothKindsOfConnection() {
        assertThat(CONNECTIONS).map(ArgoCdKind::healthCheck).containsOnly(CONNECTIONS.getFirst().healthCheck());
    }

    private static Health health(ArgoCdKind kind, JsonNode object) {
        return Health.valueOf(kind.healthCheck().run(object).get("status").asText());
    }

    private static JsonNode object(long generation, JsonNode status) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.putObject("metadata").put("generation", generation);
        return object.set("status", status);
    }

    private static JsonNode tree(Object status) {
        return JSON.convertValue(status, JsonNode.class);
    }

    private static JsonNode aliasStatus(Reason reason) {
        return switch (expected(reason)) {
            case Healthy -> tree(new MilvusConnectionStatus(GENERATION, null, null, null,
                    ready(reason).toList()));
            case Suspended, Progressing, Degraded -> {
                Situation situation = new Situation(subject(), new Seen(new Sight.Unneeded()), NOW, 0);
                Step.Rest rest = reason == Reason.Suspended
                        ? Readiness.suspended(situation)
                        : Readiness.blocked(situation, problem(reason));
                yield tree(rest.situation().status());
            }
        };
    }

    private static JsonNode connectionStatus(Reason reason) {
        return tree(expected(reason) == Health.Healthy
                ? new MilvusConnectionStatus(GENERATION, null, null, null, ready(reason).toList())
                : ConnectionReporter.report(GENERATION, MilvusConnectionStatus.EMPTY,
                        new MilvusConnections.Failed(reason, "why", MilvusConnections.Loss.NONE), List.of(), NOW, 0)
                        .status());
    }

    private static Conditions ready(Reason reason) {
        return Conditions.of(List.of(), GENERATION, NOW).ready(reason, "all is well");
    }

    private static Problem problem(Reason reason) {
        return new Problem(reason, "why");
    }

    private static Subject subject() {
        CollectionAliasSpec spec = new CollectionAliasSpec("products", "products_v1", null, null, null, null, null,
                null, null, null, null, null);
        return new Subject(new ObjectName("shop", "products"), GENERATION, NOW, Optional.empty(), spec,
                CollectionAliasStatus.EMPTY, new Requests(Map.of()));
    }
}
