package dev.collectionalias.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.MilvusConnection;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.api.v1alpha1.ServerConnection;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** The objects of one namespace, written and read as a user does. */
public final class AliasObjects {

    /** Longer than any poll of the operator; what takes longer is stuck. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final KubernetesClient client;

    public AliasObjects(TestNamespace namespace) {
        client = namespace.client();
    }

    /** Creates the connection {@code default}, without credentials and with short deadlines. */
    public void connect(MilvusServer milvus) {
        connection("default", "{uri: '%s', timeouts: {connect: 2s, rpc: 3s}}".formatted(milvus.uri()));
    }

    public void connection(String name, String spec) {
        client.resource(parse(MilvusConnection.class, name, spec)).create();
    }

    public Resource<MilvusConnection> connection(String name) {
        return client.resources(MilvusConnection.class).withName(name);
    }

    public void patchConnection(String name, String spec) {
        connection(name).patch(MERGE, json("spec: %s".formatted(spec)));
    }

    public void secret(String name, String key, String value) {
        SecretLedger.add("Secret %s, key %s".formatted(name, key), value);
        client.resource(new SecretBuilder().withNewMetadata().withName(name).endMetadata().addToStringData(key, value)
                .build()).createOr(existing -> existing.update());
    }

    /** A Secret with a user's name and password. */
    public void userSecret(String name, String user, String password) {
        SecretLedger.add("Secret %s, key password".formatted(name), password);
        client.resource(new SecretBuilder().withNewMetadata().withName(name).endMetadata()
                .addToStringData(Map.of("username", user, "password", password)).build())
                .createOr(existing -> existing.update());
    }

    /** A Secret as cert-manager writes it. */
    public void tlsSecret(String name, Map<String, String> entries) {
        entries.forEach((key, value) -> SecretLedger.add("Secret %s, key %s".formatted(name, key), value));
        client.resource(new SecretBuilder().withNewMetadata().withName(name).endMetadata()
                .withType("kubernetes.io/tls").addToStringData(entries).build())
                .createOr(existing -> existing.update());
    }

    public void configMap(String name, String key, String value) {
        client.resource(new ConfigMapBuilder().withNewMetadata().withName(name).endMetadata().addToData(key, value)
                .build()).createOr(existing -> existing.update());
    }

    public void deleteSecret(String name) {
        client.secrets().withName(name).delete();
    }

    /** Creates an alias on the connection {@code default}; its object has the alias' name, with dashes. */
    public Resource<CollectionAlias> alias(String alias, String collection) {
        return aliasWith(alias.replace('_', '-'),
                "{alias: %s, collection: %s, refreshInterval: 5s}".formatted(alias, collection));
    }

    public Resource<CollectionAlias> aliasWith(String name, String spec) {
        create(name, spec);
        return named(name);
    }

    /** Returns what the API server made of it. */
    public CollectionAlias create(String name, String spec) {
        return client.resource(parse(CollectionAlias.class, name, spec)).create();
    }

    public Resource<CollectionAlias> named(String name) {
        return client.resources(CollectionAlias.class).withName(name);
    }

    /** Changes the spec as {@code kubectl patch} does. */
    public CollectionAlias patchSpec(String name, String spec) {
        return patch(name, "spec: %s".formatted(spec));
    }

    public CollectionAlias point(String name, String collection) {
        return patchSpec(name, "{collection: %s}".formatted(collection));
    }

    public void annotate(String name, String annotation, String value) {
        patch(name, "metadata: {annotations: {'%s': '%s'}}".formatted(annotation, value));
    }

    private CollectionAlias patch(String name, String yaml) {
        return named(name).patch(MERGE, json(yaml));
    }

    static String json(String yaml) {
        return Serialization.asJson(Serialization.unmarshal(yaml, Map.class));
    }

    public void delete(String name) {
        named(name).delete();
    }

    /** Returns when the object is ready, at its newest generation, on this collection. */
    public CollectionAlias awaitReady(String name, String collection) {
        await(name + " is ready at " + collection, () -> {
            CollectionAlias alias = get(name);
            assertThat(ready(alias).status()).as(describe(alias)).isEqualTo(ConditionStatus.True);
            assertThat(ready(alias).observedGeneration()).isEqualTo(alias.getMetadata().getGeneration());
            assertThat(alias.getStatus().active().collection()).isEqualTo(collection);
        });
        return get(name);
    }

    /** Returns when the object says why it is not ready, at its newest generation. */
    public Condition awaitReason(String name, Reason reason) {
        await(name + " says " + reason, () -> {
            CollectionAlias alias = get(name);
            assertThat(ready(alias).reason()).as(describe(alias)).isEqualTo(reason.name());
            assertThat(ready(alias).observedGeneration()).isEqualTo(alias.getMetadata().getGeneration());
        });
        return ready(get(name));
    }

    public void awaitConnectionReason(String name, Reason reason) {
        await("connection " + name + " says " + reason, () -> {
            MilvusConnection found = connection(name).get();
            assertThat(condition(found, ConditionType.Ready).map(Condition::reason)).as(describe(found))
                    .contains(reason.name());
        });
    }

    public void awaitGone(String name) {
        await(name + " is gone", () -> assertThat(named(name).get()).as(() -> describe(named(name).get())).isNull());
    }

    public CollectionAlias get(String name) {
        return named(name).require();
    }

    public List<CollectionAlias> all() {
        return client.resources(CollectionAlias.class).list().getItems();
    }

    public Optional<Condition> condition(String name, ConditionType type) {
        return condition(get(name), type);
    }

    static Optional<Condition> condition(CustomResource<?, ?> object, ConditionType type) {
        List<Condition> conditions = switch (object) {
            case CollectionAlias alias when alias.getStatus() != null -> alias.getStatus().conditions();
            case ServerConnection<?> found when found.getStatus() != null -> found.getStatus().conditions();
            default -> List.of();
        };
        return conditions.stream().filter(condition -> condition.type().equals(type.name())).findFirst();
    }

    private static Condition ready(CollectionAlias alias) {
        assertThat(condition(alias, ConditionType.Ready)).as(describe(alias)).isPresent();
        return condition(alias, ConditionType.Ready).orElseThrow();
    }

    /** The Events about an object, oldest first. */
    public List<Event> events(String name) {
        return client.v1().events().withField("involvedObject.name", name).list().getItems().stream()
                .sorted(Comparator.comparing(event -> new BigInteger(event.getMetadata().getResourceVersion())))
                .toList();
    }

    /** Returns when there is an Event of this sentence; it is written after the status that it belongs to. */
    public void awaitEvent(String name, Reason reason, String message) {
        await(name + " has an Event", () -> assertThat(events(name)).extracting("reason", "message")
                .contains(tuple(reason.name(), message)));
    }

    public static void await(String what, ThrowingRunnable holds) {
        Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(holds);
    }

    static String describe(HasMetadata object) {
        return object == null ? "gone" : Serialization.asYaml(object);
    }

    static <T extends CustomResource<?, ?>> T parse(Class<T> type, String name, String spec) {
        return Serialization.unmarshal("""
                apiVersion: collectionalias.dev/v1alpha1
                kind: %s
                metadata: {name: %s}
                spec: %s
                """.formatted(type.getSimpleName(), name, spec), type);
    }
}
