package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.AliasStage;
import dev.collectionalias.support.Kubectl;
import dev.collectionalias.support.MilvusState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The manifests are all that it takes: whatever was lost, they bring the aliases back, and move none that is in place. */
class DisasterRecoveryIT extends AliasStage {

    private static final String DATABASE = MilvusState.DEFAULT_DATABASE;
    private static final String[] COLLECTIONS = {"products_v1", "products_v2", "reviews_v1"};
    private static final String MANIFESTS = """
            apiVersion: collectionalias.dev/v1alpha1
            kind: MilvusConnection
            metadata: {name: default}
            spec: {uri: "%s", timeouts: {connect: 2s, rpc: 3s}}
            ---
            apiVersion: collectionalias.dev/v1alpha1
            kind: CollectionAlias
            metadata: {name: products}
            spec: {alias: products, collection: %s, refreshInterval: 5s, cutover: {previewAlias: products_preview}}
            ---
            apiVersion: collectionalias.dev/v1alpha1
            kind: CollectionAlias
            metadata: {name: reviews}
            spec: {alias: reviews, collection: reviews_v1, refreshInterval: 5s}
            """;

    private Kubectl kubectl;

    @BeforeEach
    void twoAliases() {
        kubectl = new Kubectl(operator.controlPlane(), operator.namespace().name());
        operator.collections(COLLECTIONS);
        kubectl.apply(manifests("products_v2"));
        awaitBothReady();
    }

    @Test
    void aLostClusterTakesItsAliasesOverAsTheyAre() {
        loseTheCluster();

        kubectl.apply(manifests("products_v2"));
        operator.start();

        awaitBothReady();
        assertThat(milvus.journal().aliasWrites()).isEmpty();
    }

    @Test
    void aMilvusThatIsRestoredWithoutItsAliasesGetsThemByItself() {
        restoreMilvus();

        assertAllAliasesComeBack();
    }

    @Test
    void bothLostAreMadeAnew() {
        loseTheCluster();
        restoreMilvus();

        kubectl.apply(manifests("products_v2"));
        operator.start();

        assertAllAliasesComeBack();
    }

    /** The objects are then of an older time than the aliases. */
    @Test
    void anOlderClusterMovesNothingIfTheManifestsAreAppliedBeforeTheOperatorRuns() {
        operator.stop();
        CollectionAlias older = objects.get("products");
        operator.start();
        operator.collections("products_v3");
        kubectl.apply(manifests("products_v3"));
        objects.awaitReady("products", "products_v3");
        operator.stop();
        older.getMetadata().setResourceVersion(null);
        operator.namespace().client().resource(older).update();
        operator.namespace().client().resource(older).updateStatus();
        milvus.journal().clear();

        kubectl.apply(manifests("products_v3"));
        operator.start();

        objects.awaitReady("products", "products_v3");
        assertThat(milvus.journal().aliasWrites()).isEmpty();
    }

    private String manifests(String collection) {
        return MANIFESTS.formatted(milvus.uri(), collection);
    }

    private void awaitBothReady() {
        objects.awaitReady("products", "products_v2");
        objects.awaitReady("reviews", "reviews_v1");
    }

    /** As with its etcd: nobody was told, and nothing was dropped. */
    private void loseTheCluster() {
        operator.stop();
        milvus.journal().clear();
        kubectl.run("patch", "calias", "products", "--type=merge", "-p", "{\"metadata\":{\"finalizers\":null}}");
        kubectl.run("patch", "calias", "reviews", "--type=merge", "-p", "{\"metadata\":{\"finalizers\":null}}");
        kubectl.run("patch", "mconn", "default", "--type=merge", "-p", "{\"metadata\":{\"finalizers\":null}}");
        kubectl.run("delete", "calias,mconn", "--all");
    }

    /** As from a backup: collections of the same names, which are others to Milvus, and no aliases. */
    private void restoreMilvus() {
        state.listAliases(DATABASE, "").forEach(alias -> state.dropAlias(DATABASE, alias));
        for (String collection : COLLECTIONS) {
            state.dropCollection(DATABASE, collection);
        }
        operator.collections(COLLECTIONS);
    }

    private void assertAllAliasesComeBack() {
        AliasObjects.await("all aliases are back", () -> {
            assertThat(state.target(DATABASE, "products")).contains("products_v2");
            assertThat(state.target(DATABASE, "products_preview")).contains("products_v2");
            assertThat(state.target(DATABASE, "reviews")).contains("reviews_v1");
        });
        awaitBothReady();
    }
}
