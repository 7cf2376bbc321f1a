package dev.collectionalias.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.MilvusConnection;
import dev.collectionalias.api.v1alpha1.Reason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;

/** The manifests of {@code deploy/examples}: applied, changed, waited for and deleted, as a person does with kubectl. */
final class ExampleManifests {

    static final String ALIAS = "products";

    private static final Path FOLDER = Path.of("deploy", "examples");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(5);

    private final KubernetesClient client;

    ExampleManifests(KubernetesClient client) {
        this.client = client;
    }

    /** @param uri stands in for the address of the example's Milvus */
    MilvusConnection applyConnection(String uri) throws IOException {
        String manifest = read("connection.yaml").replaceAll("(?m)^  uri: .*$", "  uri: " + uri);
        client.resource(Serialization.unmarshal(manifest, MilvusConnection.class)).inNamespace("default").create();
        Resource<MilvusConnection> connection = client.resources(MilvusConnection.class).inNamespace("default")
                .withName("default");
        return await("MilvusConnection default is Ready", connection, found -> found.getStatus() != null
                && isReady(found.getStatus().conditions(), found));
    }

    /** Returns when the status says that the alias points at the manifest's collection. */
    CollectionAlias applyAlias() throws IOException {
        CollectionAlias manifest = Serialization.unmarshal(read("alias.yaml"), CollectionAlias.class);
        client.resource(manifest).inNamespace("default").create();
        return awaitActive(manifest.getSpec().collection());
    }

    CollectionAlias changeCollection(String collection) {
        changeSpec("collection: " + collection);
        return awaitActive(collection);
    }

    /** @param fields those that change, as YAML */
    void changeSpec(String fields) {
        Map<?, ?> spec = Serialization.unmarshal(fields, Map.class);
        alias().patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(Map.of("spec", spec)));
    }

    /** Returns when the status, being about the spec as it is, says that the alias is there, and why it is (not) Ready. */
    CollectionAlias await(String collection, Reason reason) {
        return await("CollectionAlias %s is on %s, %s".formatted(ALIAS, collection, reason), alias(),
                found -> isActive(found, collection) && ready(found.getStatus().conditions())
                        .filter(ready -> ready.reason().equals(reason.name()) && isAbout(ready, found)).isPresent());
    }

    /** Returns when the object is gone. */
    void deleteAlias() {
        alias().delete();
        try {
            patiently().until(() -> alias().get() == null);
        } catch (ConditionTimeoutException e) {
            throw new TourFailure("the object was not gone after " + PATIENCE.toSeconds() + " s:\n"
                    + Serialization.asYaml(alias().get()), e);
        }
    }

    private Resource<CollectionAlias> alias() {
        return client.resources(CollectionAlias.class).inNamespace("default").withName(ALIAS);
    }

    private CollectionAlias awaitActive(String collection) {
        return await("CollectionAlias " + ALIAS + " is Ready on " + collection, alias(),
                found -> isActive(found, collection)
                        && isReady(found.getStatus().conditions(), found));
    }

    private static boolean isActive(CollectionAlias found, String collection) {
        return found.getStatus() != null && found.getStatus().active() != null
                && found.getStatus().active().collection().equals(collection);
    }

    private static <T> T await(String what, Resource<T> resource, Predicate<T> wanted) {
        try {
            return patiently().until(resource::get, found -> found != null && wanted.test(found));
        } catch (ConditionTimeoutException e) {
            throw new TourFailure("waited " + PATIENCE.toSeconds() + " s in vain until " + what + "; it is:\n"
                    + Serialization.asYaml(resource.get()), e);
        }
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().pollInSameThread().pollDelay(Duration.ZERO).pollInterval(POLL).atMost(PATIENCE);
    }

    private static boolean isReady(Iterable<Condition> conditions, HasMetadata found) {
        return ready(conditions).filter(ready -> ready.status() == ConditionStatus.True && isAbout(ready, found))
                .isPresent();
    }

    private static boolean isAbout(Condition condition, HasMetadata found) {
        return found.getMetadata().getGeneration().equals(condition.observedGeneration());
    }

    static Optional<Condition> ready(Iterable<Condition> conditions) {
        for (Condition condition : conditions) {
            if (condition.type().equals("Ready")) {
                return Optional.of(condition);
            }
        }
        return Optional.empty();
    }

    private static String read(String name) throws IOException {
        return Files.readString(FOLDER.resolve(name));
    }
}
