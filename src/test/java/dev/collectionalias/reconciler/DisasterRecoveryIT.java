package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.Kubectl;
import dev.collectionalias.support.MilvusState;
import dev.collectionalias.support.OperatorExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The manifests are all that it takes: whatever was lost, they bring the aliases back, and move none that is in place. */
@ExtendWith(ControlPlaneExtension.class)
class DisasterRecoveryIT {

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

    @RegisterExtension
    final OperatorExtension operator = new OperatorExtension();

    private AliasObjects objects;
    private MilvusState milvus;
    private Kubectl kubectl;

    @BeforeEach
    void twoAliases() {
        objects = operator.objects();
        milvus = operator.milvus().state();
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
        assertThat(operator.milvus().journal().aliasWrites()).isEmpty();
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
        operator.milvus().journal().clear();

        kubectl.apply(manifests("products_v3"));
        operator.start();

        objects.awaitReady("products", "products_v3");
        assertThat(operator.milvus().journal().aliasWrites()).isEmpty();
    }

    private String manifests(String collection) {
        return MANIFESTS.formatted(operator.milvus().uri(), collection);
    }

    private void awaitBothReady() {
        objects.awaitReady("products", "products_v2");
        objects.awaitReady("reviews", "reviews_v1");
    }

    /** As with its etcd: nobody was told, and nothing was dropped. */
    private void loseTheCluster() {
        operator.stop();
        operator.milvus().journal().clear();
        kubectl.run("patch", "calias", "products", "--type=merge", "-p", "{\"metadata\":{\"finalizers\":null}}");
        kubectl.run("patch", "calias", "reviews", "--type=merge", "-p", "{\"metadata\":{\"finalizers\":null}}");
        kubectl.run("patch", "mconn", "default", "--type=merge", "-p", "{\"metadata\":{\"finalizers\":null}}");
        kubectl.run("delete", "calias,mconn", "--all");
    }

    /** As from a backup: collections of the same names, which are others to Milvus, and no aliases. */
    private void restoreMilvus() {
        milvus.listAliases(DATABASE, "").forEach(alias -> milvus.dropAlias(DATABASE, alias));
        for (String collection : COLLECTIONS) {
            milvus.dropCollection(DATABASE, collection);
        }
        operator.collections(COLLECTIONS);
    }

    private void assertAllAliasesComeBack() {
        AliasObjects.await("all aliases are back", () -> {
            assertThat(milvus.target(DATABASE, "products")).contains("products_v2");
            assertThat(milvus.target(DATABASE, "products_preview")).contains("products_v2");
            assertThat(milvus.target(DATABASE, "reviews")).contains("reviews_v1");
        });
        awaitBothReady();
    }
}
