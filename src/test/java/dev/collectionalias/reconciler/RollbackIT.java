package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Optional;

import dev.collectionalias.api.v1alpha1.Api;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.AliasStage;
import dev.collectionalias.support.Kubectl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rollback is asked for by annotation; what Git says does not undo it. */
class RollbackIT extends AliasStage {

    private Kubectl kubectl;

    @BeforeEach
    void anAliasThatWasSwitched() {
        kubectl = new Kubectl(operator.controlPlane(), operator.namespace().name());
        operator.collections("products_v1", "products_v2", "products_v3");
        kubectl.apply(manifest("products_v1"));
        objects.awaitReady("products", "products_v1");
        kubectl.apply(manifest("products_v2"));
        objects.awaitReady("products", "products_v2");
    }

    /** As it is in Git: without status, and without the annotations that people set. */
    private static String manifest(String collection, String... more) {
        return """
                apiVersion: collectionalias.dev/v1alpha1
                kind: CollectionAlias
                metadata: {name: products}
                spec:
                  alias: products
                  collection: %s
                  %s
                """.formatted(collection, String.join("\n  ", more));
    }

    private void rollBack() {
        objects.annotate("products", Api.ROLLBACK,
                "previous@" + objects.get("products").getMetadata().getGeneration());
        objects.awaitReason("products", Reason.RolledBack);
        assertThat(target()).contains("products_v1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"apply", "apply --server-side --force-conflicts", "replace"})
    void outlivesTheSameManifest(String command) {
        rollBack();
        milvus.journal().clear();

        kubectl.runWith(manifest("products_v2"), (command + " -f -").split(" "));
        objects.annotate("products", Api.RECONCILE_REQUESTED_AT, "after " + command);
        awaitHandled("reconcile-requested-at", "after " + command);

        objects.awaitReason("products", Reason.RolledBack);
        assertThat(target()).contains("products_v1");
        assertThat(milvus.journal().aliasWrites()).isEmpty();
    }

    @Test
    void outlivesAnotherChangeOfTheSpec() {
        rollBack();

        kubectl.apply(manifest("products_v2", "refreshInterval: 7s"));

        objects.awaitReason("products", Reason.RolledBack);
        assertThat(target()).contains("products_v1");
    }

    @Test
    void anotherCollectionInTheManifestGoesForward() {
        rollBack();

        kubectl.apply(manifest("products_v3"));

        objects.awaitReady("products", "products_v3");
        assertThat(objects.get("products").getStatus().rejected()).isNull();
        assertThat(objects.get("products").getStatus().history()).extracting("to", "cause", "requestedBy")
                .startsWith(tuple("products_v3", "SpecChanged", "spec"),
                        tuple("products_v1", "RolledBack", "rollback"));
    }

    @Test
    void aRetryGoesForwardToTheSameCollection() {
        rollBack();

        objects.annotate("products", Api.RETRY,
                String.valueOf(objects.get("products").getMetadata().getGeneration()));

        objects.awaitReady("products", "products_v2");
    }

    @Test
    void toWhatWasDroppedIsRefusedWithTheReason() {
        state.dropCollection("default", "products_v1");

        objects.annotate("products", Api.ROLLBACK,
                "previous@" + objects.get("products").getMetadata().getGeneration());

        objects.awaitEvent("products", Reason.RequestIgnored,
                "rollback \"previous@2\" is ignored: products_v1 does not exist any more");
        objects.awaitReady("products", "products_v2");
    }

    private Optional<String> target() {
        return state.target("default", "products");
    }

    private void awaitHandled(String request, String value) {
        AliasObjects.await("the request is handled", () -> assertThat(objects.get("products").getStatus()
                .handledRequests()).containsEntry(request, value));
    }
}
