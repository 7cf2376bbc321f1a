package dev.collectionalias.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.MilvusAliases;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.MilvusStandalone;
import dev.collectionalias.support.OperatorUnderTest;
import dev.collectionalias.support.PrivilegesDocument;
import dev.collectionalias.support.Pymilvus;
import dev.collectionalias.support.SdkAccounts;
import dev.collectionalias.support.TestNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A user who has the documented privileges in one database, and in {@code default} none, manages aliases in that one: a real Milvus
 * looks for them in the database that a call's metadata names, whatever the request names.
 */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OneDatabaseE2E {

    private static final String TEAM = "team";
    private static final String DEFAULT = "default";
    private static final int ROWS = 10;

    private final MilvusServer milvus = MilvusStandalone.withAuthorization();
    private MilvusCollections collections;
    private MilvusAliases aliases;
    private AliasObjects objects;
    private OperatorUnderTest operator;

    @BeforeAll
    void start(ControlPlane controlPlane, TestNamespace namespace) {
        milvus.start();
        collections = MilvusCollections.of(milvus);
        aliases = new MilvusAliases(milvus);
        collections.createDatabase(TEAM);
        Pymilvus.run(recipeFor(TEAM));
        try (SdkAccounts accounts = new SdkAccounts(milvus)) {
            accounts.takeAwayWhatEveryUserHas();
        }
        objects = new AliasObjects(namespace);
        objects.secret("milvus", "token", PrivilegesDocument.ROLE + ':' + PrivilegesDocument.PASSWORD);
        objects.connection("default", "{uri: '%s', auth: {secretRef: {name: milvus}}}".formatted(milvus.uri()));
        operator = OperatorUnderTest.start(controlPlane, namespace.name());
    }

    private String recipeFor(String database) {
        String everywhere = "privilege, \"*\")";
        String recipe = PrivilegesDocument.recipe();
        assertThat(recipe).contains(everywhere);
        return recipe.replace(everywhere, "privilege, \"*\", db_name=\"%s\")".formatted(database))
                .replace(PrivilegesDocument.URI, milvus.uri()).replace(PrivilegesDocument.ROOT, milvus.token());
    }

    @AfterAll
    @SuppressWarnings("try")
    void stop() {
        try (milvus; var third = collections; var second = aliases; var first = operator) {
            // Closed in the opposite order, and those only that came up.
        }
    }

    @Test
    void anAliasIsCreatedPreviewedSwitchedAndDeletedThere() {
        searchable(TEAM, "v1");
        collections.create(TEAM, "v2", ROWS - 1);
        objects.aliasWith("products", """
                {alias: products, database: team, collection: v1, refreshInterval: 5s, cutover: {
                  gates: {loaded: Always, autoLoad: true, schema: Identical, rows: {min: 10, percentOfActive: 80},
                    search: {samples: 5, limit: 1}},
                  previewAlias: products_preview, retirement: {releaseAfter: 3s}}}""");
        objects.awaitReady("products", "v1");
        awaitTarget("products_preview", "v1");

        objects.point("products", "v2");
        objects.awaitReason("products", Reason.GatesPending);
        awaitTarget("products_preview", "v2");
        assertThat(aliases.target(TEAM, "products")).contains("v1");
        objects.patchSpec("products", "{cutover: {gates: {rows: {min: 5}}}}");
        objects.awaitReady("products", "v2");

        assertThat(aliases.target(TEAM, "products")).contains("v2");
        objects.awaitEvent("products", Reason.Retired, "released v1 from memory");

        objects.delete("products");
        objects.awaitGone("products");

        assertThat(aliases.target(TEAM, "products")).isEmpty();
        assertThat(aliases.target(TEAM, "products_preview")).isEmpty();
        assertThat(objects.events("products"))
                .noneMatch(event -> event.getReason().equals(Reason.PermissionDenied.name()));
    }

    @Test
    void anAliasOfTheDefaultDatabaseIsDenied() {
        searchable(DEFAULT, "elsewhere");
        objects.alias("denied", "elsewhere");

        Condition ready = objects.awaitReason("denied", Reason.PermissionDenied);

        assertThat(ready.status()).isEqualTo(ConditionStatus.False);
        assertThat(ready.message())
                .endsWith("permission deny to %s in the `default` database".formatted(PrivilegesDocument.ROLE));
        assertThat(objects.condition("denied", ConditionType.Stalled)).isPresent();
        assertThat(aliases.target("denied")).isEmpty();
    }

    private void searchable(String database, String collection) {
        collections.create(database, collection, ROWS);
        collections.load(database, collection);
        collections.awaitSearchable(database, collection);
    }

    private void awaitTarget(String alias, String collection) {
        AliasObjects.await(alias + " points at " + collection,
                () -> assertThat(aliases.target(TEAM, alias)).contains(collection));
    }
}
