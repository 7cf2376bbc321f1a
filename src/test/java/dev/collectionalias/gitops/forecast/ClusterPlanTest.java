package dev.collectionalias.gitops.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.gitops.GitStage;
import dev.collectionalias.support.ApiServerDouble;
import dev.collectionalias.support.Command.Outcome;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.MilvusState;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code plan --cluster}: what the objects of a cluster change in what is told. The operator knows Milvus by another address there. */
@Timeout(60)
class ClusterPlanTest {

    private static final int CHANGES = 2;
    private static final String HELD = "{owned: true, endpoint: 'milvus.milvus:19530', observedGeneration: 1, "
            + "active: {collection: products_v1, id: '%s', revision: 1, since: '2026-01-01T00:00:00Z'}%s}";

    private final InProcessMilvus milvus = new InProcessMilvus();
    private final MilvusState state = milvus.state();
    private GitStage stage;
    private ApiServerDouble cluster;

    @BeforeEach
    void start(@TempDir Path directory) {
        milvus.start();
        for (String name : List.of("products_v1", "products_v2")) {
            state.createCollection("default", name);
            state.load("default", name);
        }
        state.setAlias("default", "products", "products_v1");
        stage = new GitStage(directory.resolve("git")).with(milvus).file("README.md", "");
        cluster = new ApiServerDouble(directory).with("collectionaliases", "milvusconnections",
                "clustermilvusconnections");
        connection("default", "{uri: 'http://milvus.milvus:19530'}", "{endpoint: 'milvus.milvus:19530'}");
    }

    @AfterEach
    void stop() {
        cluster.close();
        milvus.close();
    }

    private void connection(String name, String spec, String status) {
        cluster.store("MilvusConnection", "{name: %s, namespace: shop}".formatted(name), spec, status);
    }

    /** One that holds the alias where it is. */
    private void holds(String more) {
        object("{name: products}", "{alias: products, collection: products_v1}", held(more));
    }

    private String held(String more) {
        return HELD.formatted(state.collection("default", "products_v1").id(), more);
    }

    private void object(String metadata, String spec, String status) {
        cluster.store("CollectionAlias", metadata.replace("{name", "{namespace: shop, generation: 1, "
                + "creationTimestamp: '2026-01-01T00:00:00Z', name"), spec, status);
    }

    private Outcome plan(String... options) {
        Outcome outcome = stage.run(Stream.concat(Stream.of("plan", "-f", stage.directory().toString()),
                Stream.of(options)).toArray(String[]::new));
        assertThat(milvus.journal().writes()).isEmpty();
        return outcome;
    }

    private String planInCluster(int exitCode, String... options) {
        Outcome outcome = plan(Stream.concat(Stream.of("--cluster", "--kubeconfig", cluster.kubeconfig().toString()),
                Stream.of(options)).toArray(String[]::new));
        assertThat(outcome.exitCode()).as(outcome.stdout() + outcome.stderr()).isEqualTo(exitCode);
        return outcome.stdout() + outcome.stderr();
    }

    @Test
    void whatTheOperatorHasGoneBackFromWaits() {
        holds(", rejected: {collection: products_v2, generation: 2, reason: RolledBack, message: rolled back from products_v2}");
        stage.alias("products", "{alias: products, collection: products_v2}");

        assertThat(planInCluster(CHANGES)).contains(
                "switch   products@default   products_v1   products_v2   CollectionAlias products",
                "… RolledBack: rolled back from products_v2; change spec.collection, or ask for a retry\n",
                "0 to create, 1 to switch (1 held back)");
        assertThat(plan().stdout()).as("without the cluster").contains("1 to switch, 0 in conflict");
    }

    @Test
    void anAliasThatIsHeldWhereItShouldBeIsNoChange() {
        holds("");
        stage.alias("products", "{alias: products, collection: products_v1}");

        assertThat(planInCluster(0)).isEqualTo("No changes: 1 alias in place\n");
    }

    @Test
    void anAliasThatNoObjectHoldsIsTakenOverOnlyWhereItMayBe() {
        stage.alias("products", "{alias: products, collection: products_v2}");
        assertThat(planInCluster(1)).contains("✖ AliasExistsElsewhere: alias products exists already");

        stage.alias("products", "{alias: products, collection: products_v1}");
        assertThat(planInCluster(0)).contains("adopt", "1 of them taken over without a write");
    }

    @Test
    void anAliasOfAnotherObjectIsAConflict() {
        object("{name: other}", "{alias: products, collection: products_v1}", held(""));
        stage.alias("products", "{alias: products, collection: products_v2, adoptionPolicy: Adopt}");

        assertThat(planInCluster(1)).contains("products_v1   products_v2",
                "✖ Conflict: alias products is held by CollectionAlias shop/other; delete one of the two\n");
    }

    @Test
    void whatAConnectionDoesNotAllowIsAConflict() {
        cluster.store("ClusterMilvusConnection", "{name: shared}",
                "{uri: 'http://milvus.milvus:19530', allow: [{namespaces: [shop], databases: ['*'], aliasPattern: 'shop_*'}]}",
                "{endpoint: 'milvus.milvus:19530'}");
        stage.alias("products", "{alias: products, collection: products_v1, connectionRef: "
                + "{kind: ClusterMilvusConnection, name: shared}}");

        assertThat(planInCluster(1)).contains("✖ ConnectionNotAllowed: ClusterMilvusConnection shared does not allow "
                + "namespace shop the alias products in database default");
        assertThat(planInCluster(1, "-n", "team")).contains("does not allow namespace team");
    }

    @Test
    void aConnectionThatIsNotThereIsWaitedFor() {
        stage.alias("items", "{alias: items, collection: products_v1, connectionRef: {name: other}}");
        assertThat(planInCluster(CHANGES)).contains("create",
                "… ConnectionNotFound: there is no MilvusConnection other in namespace shop\n");

        stage.file("connection.yaml", """
                apiVersion: collectionalias.dev/v1alpha1
                kind: MilvusConnection
                metadata: {name: other}
                spec: {uri: 'http://milvus.milvus:19530'}
                """);
        assertThat(planInCluster(CHANGES)).contains("create").doesNotContain("ConnectionNotFound");
    }

    @Test
    void aConnectionThatIsNotReadyHoldsChangesBack() {
        connection("locked", "{uri: 'http://milvus.milvus:19530'}", "{endpoint: 'milvus.milvus:19530', conditions: "
                + "[{type: Ready, status: 'False', reason: AuthenticationFailed, message: wrong password}]}");
        stage.alias("items", "{alias: items, collection: products_v1, connectionRef: {name: locked}}");

        assertThat(planInCluster(CHANGES)).contains(
                "… AuthenticationFailed: the connection is not ready: wrong password\n", "(1 held back)");
    }

    @Test
    void whatSomebodySetBesideTheManifestStays() {
        object("{name: products}", "{alias: products, collection: products_v1, suspend: true}", held(""));
        stage.alias("products", "{alias: products, collection: products_v2}");

        assertThat(planInCluster(0)).startsWith("No changes");
    }

    @Test
    void whatTheManifestSetBeforeAndDoesNotAnyMoreGoes() {
        object("{name: products, annotations: {kubectl.kubernetes.io/last-applied-configuration: "
                + "'{\"spec\": {\"suspend\": true}}'}}", "{alias: products, collection: products_v1, suspend: true}",
                held(""));
        object("{name: items, managedFields: [{manager: flux, operation: Apply, fieldsType: FieldsV1, fieldsV1: "
                + "{'f:spec': {'f:collection': {}, 'f:suspend': {}}}}]}",
                "{alias: items, collection: products_v1, suspend: true}", held(""));
        state.setAlias("default", "items", "products_v1");
        stage.alias("products", "{alias: products, collection: products_v2}");
        stage.alias("items", "{alias: items, collection: products_v2}");

        assertThat(planInCluster(CHANGES)).contains("0 to create, 2 to switch,");
    }

    @Test
    void aRequestThatWaitsIsTakenIntoAccount() {
        object("{name: products, annotations: {collectionalias.dev/promote: products_v2@2}}",
                "{alias: products, collection: products_v1, cutover: {promotion: {mode: Manual}}}", held(""));
        stage.alias("products", "{alias: products, collection: products_v2, cutover: {promotion: {mode: Manual}}}");

        assertThat(planInCluster(CHANGES)).contains("1 to switch, ").doesNotContain("AwaitingPromotion");
    }

    @Test
    void whatTheApiServerRefusesToChangeIsAConflict() {
        holds("");
        stage.alias("products", "{alias: goods, collection: products_v1}");

        assertThat(planInCluster(1)).contains("✖ InvalidSpec: spec: Invalid value: \"object\": alias is immutable: "
                + "create another CollectionAlias for another alias\n");
    }

    @Test
    void anObjectThatIsBeingDeletedIsAConflict() {
        object("{name: products, finalizers: [collectionalias.dev/alias]}",
                "{alias: products, collection: products_v1}", held(""));
        cluster.client().resources(CollectionAlias.class).inNamespace("shop").withName("products").delete();
        stage.alias("products", "{alias: products, collection: products_v2}");

        assertThat(planInCluster(1)).contains("✖ Deleting: CollectionAlias shop/products is being deleted");
    }

    @Test
    void whatSomebodyElseDidIsCorrectedFirst() {
        holds("");
        stage.alias("products", "{alias: products, collection: products_v1}");
        state.setAlias("default", "products", "products_v2");
        assertThat(planInCluster(CHANGES)).contains("switch   products@default   products_v2   products_v1",
                "… somebody else has moved or dropped it; it is put back where it was first\n", "1 to switch, ");

        state.dropAlias("default", "products");
        assertThat(planInCluster(CHANGES)).contains("create", "it is put back where it was first\n", "1 to create, ");
    }

    @Test
    void aPreviewThatIsNotWantedAnyMoreIsDropped() {
        state.setAlias("default", "preview", "products_v1");
        object("{name: products}", "{alias: products, collection: products_v1, cutover: {previewAlias: preview}}",
                held(", preview: {alias: preview, collection: products_v1}"));
        stage.alias("products", "{alias: products, collection: products_v1, cutover: {previewAlias: preview}}");
        assertThat(planInCluster(0)).isEqualTo("No changes: 1 alias in place\n");

        stage.alias("products", "{alias: products, collection: products_v1, cutover: {previewAlias: ''}}");
        assertThat(planInCluster(CHANGES)).contains("  preview preview: products_v1 → dropped\n", "1 preview to move");
    }

    @Test
    void aSwitchThatIsStillBeingConfirmedOrWatchedIsInPlace() {
        holds(", verification: {until: '2126-01-01T00:00:00Z'}, switchMarks: [{collection: products_v1, "
                + "key: collectionalias.dev/switch, value: x, at: '2026-01-01T00:00:00Z'}]");
        stage.alias("products", "{alias: products, collection: products_v1, cutover: {verify: {for: 10m}}}");

        assertThat(planInCluster(0)).isEqualTo("No changes: 1 alias in place\n");
    }

    @Test
    void manifestsOfSeveralServersAreNotMixed() {
        connection("other", "{uri: 'http://other.milvus:19530'}", "{}");
        stage.alias("a", "{alias: items, collection: products_v1}");
        stage.alias("b", "{alias: goods, collection: products_v1, connectionRef: {name: other}}");

        assertThat(planInCluster(1)).contains("error: the manifests are for several servers (MilvusConnection "
                + "shop/default, MilvusConnection shop/other); pick those of one with --connection\n");
        assertThat(planInCluster(CHANGES, "--connection", "other")).contains("1 to create");
    }

    @Test
    void whatOneMayNotSeeIsSaid() {
        Stream.of("collectionaliases", "milvusconnections", "clustermilvusconnections")
                .forEach(plural -> cluster.server().expect().get()
                        .withPath("/apis/collectionalias.dev/v1alpha1/" + plural)
                        .andReturn(403, new StatusBuilder().withCode(403).withMessage("forbidden").build()).always());
        holds(", rejected: {collection: products_v2, generation: 2, reason: RolledBack, message: rolled back}");
        stage.alias("products", "{alias: products, collection: products_v2}");

        assertThat(planInCluster(CHANGES)).contains("… RolledBack: ",
                "note: you may not list the collectionaliases of all namespaces, so that those of shop are all that is known\n",
                "note: you may not list clustermilvusconnections, so that what they allow is not known\n");
    }

    @Test
    void optionsAboutAClusterNeedOne() {
        stage.alias("products", "{alias: products, collection: products_v1}");

        assertThat(plan("--context", "shop").stderr())
                .isEqualToIgnoringNewLines("error: --context and --kubeconfig are about a cluster: say --cluster, too");
        assertThat(plan("-n", "shop").stderr())
                .isEqualToIgnoringNewLines("error: --namespace is about a cluster: say --cluster, too");
        assertThat(planInCluster(1, "--foreign"))
                .isEqualToIgnoringNewLines("error: --foreign says what --cluster finds out: leave one of them away");
        assertThat(planInCluster(1, "--context", "nowhere")).startsWith("error: the Kubernetes API");
    }

    @Test
    void aClusterWithoutTheOperatorSaysSo() {
        answers(404, "collectionaliases");
        stage.alias("products", "{alias: products, collection: products_v1}");

        assertThat(planInCluster(1)).contains("knows no collectionaliases.collectionalias.dev: "
                + "the operator is not installed there");
    }

    /** What the API server says to who asks for all objects of a kind. */
    private void answers(int code, String plural) {
        cluster.server().expect().get().withPath("/apis/collectionalias.dev/v1alpha1/" + plural)
                .andReturn(code, new StatusBuilder().withCode(code).withMessage("no").build()).always();
    }
}
