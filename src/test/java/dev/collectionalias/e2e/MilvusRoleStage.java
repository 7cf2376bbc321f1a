package dev.collectionalias.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.CollectionShape;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real Milvus with authorization and the documented role, made as documented, and what the operator is to do there. */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MilvusRoleStage {

    private static final String DATABASE = "default";
    static final String ROLE = PrivilegesDocument.ROLE;
    private static final int ROWS = 10;

    final MilvusServer milvus = MilvusStandalone.withAuthorization();
    private MilvusCollections collections;
    MilvusAliases aliases;
    SdkAccounts accounts;
    AliasObjects objects;
    private OperatorUnderTest operator;
    private int trials;
    String alias;
    String object;

    @BeforeAll
    void start(ControlPlane controlPlane, TestNamespace namespace) {
        milvus.start();
        collections = MilvusCollections.of(milvus);
        aliases = new MilvusAliases(milvus);
        accounts = new SdkAccounts(milvus);
        Pymilvus.run(PrivilegesDocument.recipe().replace(PrivilegesDocument.URI, milvus.uri())
                .replace(PrivilegesDocument.ROOT, milvus.token()));
        searchable("v1");
        searchable("v2");
        objects = new AliasObjects(namespace);
        objects.secret("milvus", "token", ROLE + ':' + PrivilegesDocument.PASSWORD);
        objects.connection("default", "{uri: '%s', auth: {secretRef: {name: milvus}}}".formatted(milvus.uri()));
        operator = OperatorUnderTest.start(controlPlane, namespace.name());
    }

    @AfterAll
    @SuppressWarnings("try")
    void stop() {
        try (milvus; var fourth = collections; var third = aliases; var second = accounts; var first = operator) {
            // Closed in the opposite order, and those only that came up.
        }
    }

    /** So that nothing works by a privilege that the operator's own role lacks. */
    @BeforeEach
    void takeAwayWhatEveryUserHas() {
        accounts.takeAwayWhatEveryUserHas();
    }

    void searchable(String collection) {
        unloaded(collection);
        collections.load(DATABASE, collection);
        collections.awaitSearchable(DATABASE, collection);
    }

    void unloaded(String collection) {
        collections.create(DATABASE, collection, CollectionShape.PLAIN, ROWS);
    }

    void awaitTarget(String name, String collection) {
        AliasObjects.await(name + " points at " + collection,
                () -> assertThat(aliases.target(name)).contains(collection));
    }

    void begin() {
        // Not one the beginning of another: old servers drop them together.
        alias = "role_%02d".formatted(++trials);
        object = alias.replace('_', '-');
    }

    void end() {
        objects.delete(object);
        objects.awaitGone(object);
        assertThat(aliases.target(alias)).isEmpty();
    }

    void create() {
        objects.alias(alias, "v1");
    }

    void ready() {
        create();
        awaitV1();
    }

    void withUnloaded() {
        ready();
        unloaded(candidate());
    }

    void preview() {
        objects.patchSpec(object, "{cutover: {previewAlias: %s_preview}}".formatted(alias));
    }

    void withPreview() {
        ready();
        preview();
        awaitTarget(alias + "_preview", "v1");
    }

    void withNeighbour() {
        ready();
        aliases.create(alias + "_2", "v1");
    }

    void verifying() {
        ready();
        objects.patchSpec(object, "{collection: v2, cutover: {verify: {for: 15s}}}");
        objects.awaitReason(object, Reason.Verifying);
    }

    void delete() {
        objects.delete(object);
    }

    void awaitDeletion() {
        objects.awaitGone(object);
        assertThat(aliases.target(alias + "_2")).contains("v1");
    }

    String candidate() {
        return alias + "_new";
    }

    void point(String collection, String gates) {
        objects.patchSpec(object, "{collection: %s, cutover: {gates: %s}}".formatted(collection, gates));
    }

    void awaitV1() {
        objects.awaitReady(object, "v1");
    }

    void awaitV2() {
        objects.awaitReady(object, "v2");
    }

    void awaitCandidate() {
        objects.awaitReady(object, candidate());
    }

    void awaitNoTarget(String name) {
        AliasObjects.await(name + " is gone", () -> assertThat(aliases.target(name)).isEmpty());
    }
}
