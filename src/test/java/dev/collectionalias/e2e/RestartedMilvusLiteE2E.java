package dev.collectionalias.e2e;

import static dev.collectionalias.api.v1alpha1.Verdict.Passed;
import static dev.collectionalias.api.v1alpha1.Verdict.Waiting;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.GateResult;
import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.MilvusAliases;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusLite;
import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.OperatorUnderTest;
import dev.collectionalias.support.TestNamespace;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A Milvus Lite that is started again has every alias, and searches no collection that has an index: users are told. */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestartedMilvusLiteE2E {

    private static final String DATABASE = "default";
    private static final int ROWS = 10;
    /** The object's {@code refreshInterval}, the time for finding out that the server is there again, and some more. */
    private static final Duration UNTIL_ITS_LOOK = Duration.ofSeconds(20);

    private final MilvusServer milvus = new MilvusLite();
    private MilvusCollections collections;
    private MilvusAliases aliases;
    private AliasObjects objects;
    private OperatorUnderTest operator;

    @BeforeAll
    void start(ControlPlane controlPlane, TestNamespace namespace) {
        milvus.start();
        collections = MilvusCollections.of(milvus);
        aliases = new MilvusAliases(milvus);
        objects = new AliasObjects(namespace);
        objects.connect(milvus);
        operator = OperatorUnderTest.start(controlPlane, namespace.name());
    }

    @AfterAll
    @SuppressWarnings("try")
    void stop() {
        try (milvus; var third = collections; var second = aliases; var first = operator) {
            // Closed in the opposite order, and those only that came up.
        }
    }

    @Test
    void servingEndsWithTheNextLookAndComesBackWithTheCollection() {
        searchable("shop_v1");
        objects.alias("shop", "shop_v1");
        objects.awaitReady("shop", "shop_v1");
        awaitServing("shop", ConditionStatus.True);

        milvus.restart();
        Condition serving = awaitServing("shop", ConditionStatus.False);

        assertThat(serving.reason()).isEqualTo(Reason.CollectionNotLoaded.name());
        assertThat(serving.message()).contains("shop_v1");
        assertThat(aliases.target("shop")).contains("shop_v1");
        objects.awaitReady("shop", "shop_v1");

        collections.load(DATABASE, "shop_v1");

        awaitServing("shop", ConditionStatus.True);
    }

    @Test
    void aCandidateThatTheRestartReleasedIsWaitedFor() {
        searchable("news_v1");
        searchable("news_v2");
        objects.alias("news", "news_v1");
        objects.awaitReady("news", "news_v1");
        objects.patchSpec("news",
                "{collection: news_v2, cutover: {gates: {loaded: Always, rows: {min: %d}}}}".formatted(ROWS + 1));
        awaitGates("news", new GateResult("loaded", Passed, "news_v2 is loaded and answers"),
                new GateResult("rows", Waiting, "10 rows; 11 needed"));

        milvus.restart();
        objects.patchSpec("news", "{cutover: {gates: {rows: null}}}");

        awaitGates("news",
                new GateResult("loaded", Waiting, "news_v2 is not loaded; load it, or set autoLoad"));
        objects.awaitReason("news", Reason.CollectionNotLoaded);
        assertThat(aliases.target("news")).contains("news_v1");

        collections.load(DATABASE, "news_v2");

        objects.awaitReady("news", "news_v2");
        assertThat(aliases.searchAll("news")).hasSize(ROWS);
    }

    @Test
    void itIsLoadedAgainWhereAsked() {
        searchable("blog_v1");
        searchable("blog_v2");
        objects.alias("blog", "blog_v1");
        objects.awaitReady("blog", "blog_v1");

        milvus.restart();
        objects.patchSpec("blog",
                "{collection: blog_v2, cutover: {gates: {loaded: Always, autoLoad: true}}}");

        objects.awaitReady("blog", "blog_v2");
        assertThat(aliases.searchAll("blog")).hasSize(ROWS);
    }

    private void searchable(String collection) {
        collections.create(DATABASE, collection, ROWS);
        collections.load(DATABASE, collection);
        collections.awaitSearchable(DATABASE, collection);
    }

    private Condition awaitServing(String name, ConditionStatus status) {
        Awaitility.await(name + " is serving: " + status).atMost(UNTIL_ITS_LOOK)
                .untilAsserted(() -> assertThat(serving(name).status()).isEqualTo(status));
        return serving(name);
    }

    private Condition serving(String name) {
        return objects.condition(name, ConditionType.Serving).orElseThrow();
    }

    private void awaitGates(String name, GateResult... saying) {
        AliasObjects.await(name + " is held back", () -> {
            assertThat(objects.get(name).getStatus().candidate()).isNotNull();
            assertThat(Stream.of(saying)).allSatisfy(
                    gate -> assertThat(objects.get(name).getStatus().candidate().gates()).contains(gate));
        });
    }
}
