package dev.collectionalias.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.milvus.MilvusException.Kind;
import dev.collectionalias.plan.seen.AliasProof;
import dev.collectionalias.plan.seen.AliasTrial;
import dev.collectionalias.plan.seen.CollectionState;
import dev.collectionalias.plan.seen.Loading;
import dev.collectionalias.plan.seen.Loading.Stage;
import dev.collectionalias.plan.seen.Replicas;
import dev.collectionalias.plan.seen.RowCount;
import dev.collectionalias.plan.seen.Schema;
import dev.collectionalias.plan.seen.SearchTrial;
import dev.collectionalias.plan.seen.SearchTrial.Impossible;
import dev.collectionalias.plan.seen.SearchTrial.NotYet;
import dev.collectionalias.plan.seen.SearchTrial.Searched;
import dev.collectionalias.support.CollectionShape;
import io.milvus.v2.common.DataType;
import io.milvus.v2.common.IndexParam.MetricType;
import org.junit.jupiter.api.Test;

/** What gates rely on, whatever Milvus they are asked about. */
abstract class MilvusFactsContract extends MilvusUnderContract {

    private static final String DEFAULT_GROUP = "__default_resource_group";
    private static final int ROWS = 10;
    private static final Cutover.Search FIVE_TIMES_THREE = new Cutover.Search(5, 3, null, null, null);
    private static final Cutover.Search EVERYTHING = new Cutover.Search(ROWS, ROWS, null, null, 1000);
    /** A vector is nearest to itself in every metric. */
    private static final Cutover.Search ITSELF = new Cutover.Search(5, 1, null, null, null);

    /** Whether a collection without an index can be loaded. */
    boolean loadsWithoutIndex() {
        return false;
    }

    /** What vectors there can be, beside those of floats. */
    Set<CollectionShape> otherVectors() {
        return Set.of(CollectionShape.BINARY, CollectionShape.SPARSE, CollectionShape.HALF);
    }

    /** Whether a collection can have several vector fields. */
    boolean knowsSeveralVectorFields() {
        return true;
    }

    /** Whether a collection can have functions, and texts with analyzers. */
    boolean knowsFunctions() {
        return true;
    }

    /** Whether the server tells the replicas of a collection, and loads as many as it is asked for. */
    boolean knowsReplicas() {
        return true;
    }

    @Test
    void aLoadedCollectionBecomesSearchableAndAReleasedOneIsNot() {
        String rows = filled("rows", CollectionShape.PLAIN);
        assertThat(milvus.loading(DB, rows))
                .isEqualTo(loadsNewCollections() ? Loading.SEARCHABLE : Loading.NOT_LOADED);

        milvus.load(DB, rows);
        milvus.load(DB, rows);
        awaitSearchable(rows);
        milvus.createAlias(DB, alias, rows);
        assertThat(milvus.loading(DB, alias)).isEqualTo(Loading.SEARCHABLE);

        milvus.release(DB, rows);
        milvus.release(DB, rows);
        assertThat(milvus.loading(DB, rows)).isEqualTo(Loading.NOT_LOADED);
    }

    @Test
    void anEmptyCollectionIsSearchableToo() {
        milvus.load(DB, v1);

        awaitSearchable(v1);
    }

    @Test
    void aMissingCollectionIsNotLoadedAndCannotBe() {
        assertThat(milvus.loading(DB, "missing")).isEqualTo(Loading.NOT_LOADED);
        assertFails(Kind.COLLECTION_NOT_FOUND, () -> milvus.load(DB, "missing"));
    }

    @Test
    void loadingNeedsAnIndexWhereTheServerSaysSo() {
        String bare = filled("bare", CollectionShape.PLAIN.withoutIndex());
        if (loadsWithoutIndex()) {
            milvus.load(DB, bare);
        } else {
            assertFails(Kind.NO_INDEX, () -> milvus.load(DB, bare));
        }
    }

    @Test
    void aSchemaHasEachFieldWithWhatClientsDependOn() {
        milvus.createAlias(DB, alias, v1);
        Schema expected = new Schema(List.of(
                new Schema.Field("id", "Int64", Optional.empty(), true, false, Optional.empty()),
                new Schema.Field("vector", "FloatVector", Optional.of(4), false, false, Optional.of("L2"))), false);

        assertThat(milvus.schema(DB, v1)).contains(expected);
        assertThat(milvus.schema(DB, alias)).contains(expected);
    }

    @Test
    void schemasTellDimensionsMetricsAndMissingIndexesApart() {
        String wide = filled("wide", CollectionShape.PLAIN.withDimension(8).withMetric(MetricType.COSINE));
        String bare = filled("bare", CollectionShape.PLAIN.withoutIndex());

        Schema.Field vector = milvus.schema(DB, wide).orElseThrow().field("vector").orElseThrow();
        assertThat(vector.dimension()).contains(8);
        assertThat(vector.metric()).contains("COSINE");
        assertThat(milvus.schema(DB, bare).orElseThrow().field("vector").orElseThrow().metric()).isEmpty();
    }

    @Test
    void aSchemaHasTheFunctionsAndTheAnalyzersOfTexts() {
        if (knowsFunctions()) {
            String texts = v1 + "_texts";
            collections.create(DB, texts, CollectionShape.PLAIN.withAnalyzer("standard").withoutIndex(), 0);

            Schema schema = milvus.schema(DB, texts).orElseThrow();

            assertThat(schema.field("text").orElseThrow().analysis()).isEqualTo(
                    Map.of("enable_analyzer", "true", "analyzer_params", "{\"type\":\"standard\"}"));
            assertThat(schema.field("vector").orElseThrow().analysis()).isEmpty();
            assertThat(schema.functions()).containsExactly(
                    new Schema.Function("BM25", List.of("text"), List.of("text_sparse"), Map.of()));
        }
    }

    @Test
    void aLoadedCollectionHasReplicasInGroups() {
        if (!knowsReplicas()) {
            assertThat(milvus.replicas(DB, v1))
                    .isEqualTo(new Replicas.Untold("getReplicas " + v1 + ": the server does not know this call"));
            return;
        }
        milvus.createAlias(DB, alias, v1);
        assertThat(milvus.replicas(DB, v1)).isEqualTo(Replicas.NONE);
        assertThat(milvus.replicas(DB, "missing")).isEqualTo(Replicas.NONE);

        milvus.load(DB, v1);

        awaitSearchable(v1);
        assertThat(milvus.replicas(DB, v1)).isEqualTo(new Replicas.Known(List.of(DEFAULT_GROUP)));
        assertThat(milvus.replicas(DB, alias)).isEqualTo(new Replicas.Known(List.of(DEFAULT_GROUP)));
        milvus.load(DB, v1, List.of(DEFAULT_GROUP));
        milvus.release(DB, v1);
        assertThat(milvus.replicas(DB, v1)).isEqualTo(Replicas.NONE);
    }

    @Test
    void moreReplicasThanNodesCannotBeLoaded() {
        List<String> two = List.of(DEFAULT_GROUP, DEFAULT_GROUP);
        if (knowsReplicas()) {
            assertFails(Kind.TOO_FEW_NODES, () -> milvus.load(DB, v1, two));
            assertFails(Kind.SERVER_ERROR, () -> milvus.load(DB, v1, List.of("no_such_group")));
            assertThat(milvus.loading(DB, v1)).isEqualTo(Loading.NOT_LOADED);
        } else {
            milvus.load(DB, v1, two);
            awaitSearchable(v1);
        }
    }

    @Test
    void aMissingCollectionHasNoSchema() {
        assertThat(milvus.schema(DB, "missing")).isEmpty();
    }

    @Test
    void rowsAreCountedWhereLoadedAndTakenFromStatisticsElsewhere() {
        String rows = searchable("rows", CollectionShape.PLAIN);
        assertThat(milvus.rowCount(DB, rows)).isEqualTo(new RowCount(ROWS, true));

        milvus.release(DB, rows);

        assertThat(milvus.rowCount(DB, rows)).isEqualTo(new RowCount(ROWS, false));
    }

    @Test
    void theSameRowsAreFoundInTheSameCollection() {
        String active = searchable("active", CollectionShape.PLAIN);
        String candidate = searchable("candidate", CollectionShape.PLAIN);

        assertFinds(milvus.trySearch(DB, active, candidate, FIVE_TIMES_THREE), 5, 15, 15);
    }

    @Test
    void otherKeysAreNotTheSameRows() {
        String active = searchable("active", CollectionShape.PLAIN);
        String candidate = searchable("candidate", CollectionShape.PLAIN.withFirstKey(1000));

        assertFinds(milvus.trySearch(DB, active, candidate, FIVE_TIMES_THREE), 5, 15, 0);
    }

    @Test
    void anEmptyCandidateFindsNothing() {
        String active = searchable("active", CollectionShape.PLAIN);
        milvus.load(DB, v1);
        awaitSearchable(v1);

        assertThat(milvus.trySearch(DB, active, v1, FIVE_TIMES_THREE)).isInstanceOfSatisfying(Searched.class,
                searched -> assertThat(searched.candidateHits()).isZero());
    }

    @Test
    void whatIsNotLoadedOrEmptyCannotBeSearchedYet() {
        String active = searchable("active", CollectionShape.PLAIN);
        String released = searchable("released", CollectionShape.PLAIN);
        milvus.release(DB, released);
        milvus.load(DB, v1);
        awaitSearchable(v1);

        assertThat(milvus.trySearch(DB, active, released, ITSELF)).isEqualTo(new NotYet(released + " is not loaded"));
        assertThat(milvus.trySearch(DB, released, active, ITSELF)).isEqualTo(new NotYet(released + " is not loaded"));
        assertThat(milvus.trySearch(DB, active, "missing", ITSELF)).isInstanceOf(NotYet.class);
        assertThat(milvus.trySearch(DB, v1, active, ITSELF))
                .isEqualTo(new NotYet(v1 + " has no rows to search with"));
    }

    @Test
    void vectorsOfAnotherDimensionOrFieldCannotBeSearched() {
        String active = searchable("active", CollectionShape.PLAIN);
        String wide = searchable("wide", CollectionShape.PLAIN.withDimension(8));
        String other = searchable("other", CollectionShape.PLAIN.withVectors("embedding"));

        assertThat(milvus.trySearch(DB, active, wide, ITSELF)).isEqualTo(new Impossible("field vector of " + wide
                + " is FloatVector of dimension 8 instead of FloatVector of dimension 4"));
        assertThat(milvus.trySearch(DB, active, other, ITSELF))
                .isEqualTo(new Impossible(other + " has no field vector"));
        assertThat(milvus.trySearch(DB, active, wide, by("embedding")))
                .isEqualTo(new Impossible(active + " has no vector field embedding"));
    }

    @Test
    void ofSeveralVectorFieldsOneHasToBeNamed() {
        if (knowsSeveralVectorFields()) {
            CollectionShape two = CollectionShape.PLAIN.withVectors("title", "body");
            String active = searchable("active", two);
            String candidate = searchable("candidate", two);

            assertThat(milvus.trySearch(DB, active, candidate, ITSELF)).isEqualTo(new Impossible(
                    active + " has several vector fields (title, body); name one in search.vectorField"));
            assertFinds(milvus.trySearch(DB, active, candidate, by("body")), 5, 5, 5);
        }
    }

    @Test
    void vectorsOfEachKindAreSearched() {
        for (CollectionShape shape : otherVectors()) {
            String active = searchable("active_" + shape.type(), shape);
            String candidate = searchable("candidate_" + shape.type(), shape);

            assertFinds(milvus.trySearch(DB, active, candidate, ITSELF), 5, 5, 5);
        }
    }

    /** Ten rows of three tenants: four of the first, three of each other, and each row finds those of its tenant. */
    @Test
    void isolatedPartitionKeysAreSearchedOneAtATime() {
        for (DataType type : List.of(DataType.Int64, DataType.VarChar)) {
            String isolated = searchable("isolated_" + type, CollectionShape.PLAIN.withTenants(type, true));

            assertFinds(milvus.trySearch(DB, isolated, isolated, EVERYTHING), 10, 34, 34);
        }
    }

    @Test
    void ifOneCollectionNeedsAFilterBothAreSearchedWithIt() {
        String free = searchable("free", CollectionShape.PLAIN.withTenants(DataType.VarChar, false));
        String isolated = searchable("isolated", CollectionShape.PLAIN.withTenants(DataType.VarChar, true));

        assertFinds(milvus.trySearch(DB, free, free, EVERYTHING), 10, 100, 100);
        assertFinds(milvus.trySearch(DB, free, isolated, EVERYTHING), 10, 34, 34);
        assertFinds(milvus.trySearch(DB, isolated, free, EVERYTHING), 10, 34, 34);
    }

    @Test
    void aPartitionKeyThatOnlyOneCollectionHasCannotFilterBoth() {
        String plain = searchable("plain", CollectionShape.PLAIN);
        String isolated = searchable("isolated", CollectionShape.PLAIN.withTenants(DataType.Int64, true));
        Impossible expected = new Impossible("only a filter on the partition key tenant can search both "
                + "collections, and " + plain + " has no such field");

        assertThat(milvus.trySearch(DB, plain, isolated, EVERYTHING)).isEqualTo(expected);
        assertThat(milvus.trySearch(DB, isolated, plain, EVERYTHING)).isEqualTo(expected);
    }

    @Test
    void aSearchThroughAnAliasFitsEachKindOfVector() {
        Stream.concat(Stream.of(CollectionShape.PLAIN), otherVectors().stream()).forEach(shape -> {
            String through = alias + shape.type();
            milvus.createAlias(DB, through, searchable("behind_" + shape.type(), shape));

            assertThat(milvus.tryAlias(DB, through)).as(shape.type().name()).isEqualTo(new AliasTrial.Searched());
        });
    }

    @Test
    void aSearchThroughAnAliasNeedsNoRowsAndNoChoiceOfAField() {
        milvus.load(DB, v1);
        awaitSearchable(v1);
        milvus.createAlias(DB, alias, v1);
        assertThat(milvus.tryAlias(DB, alias)).isEqualTo(new AliasTrial.Searched());

        if (knowsSeveralVectorFields()) {
            milvus.alterAlias(DB, alias, searchable("two", CollectionShape.PLAIN.withVectors("title", "body")));
            assertThat(milvus.tryAlias(DB, alias)).isEqualTo(new AliasTrial.Searched());
        }
    }

    @Test
    void aSearchThroughAnAliasIsRefusedOnceItsCollectionIsReleased() {
        String rows = searchable("rows", CollectionShape.PLAIN);
        milvus.createAlias(DB, alias, rows);
        milvus.release(DB, rows);

        assertThat(milvus.tryAlias(DB, alias)).isInstanceOfSatisfying(AliasTrial.Refused.class,
                refused -> assertThat(refused.call()).isEqualTo(AliasTrial.Call.SEARCH));
        assertThat(milvus.tryAlias(DB, "missing")).isInstanceOf(AliasTrial.Unsearchable.class);
    }

    @Test
    void aSearchThroughAnAliasNamesAPartitionKeyWhereKeysAreIsolated() {
        for (DataType type : List.of(DataType.Int64, DataType.VarChar)) {
            CollectionShape shape = CollectionShape.PLAIN.withTenants(type, true);
            String rows = searchable("isolated_" + type, shape);
            String through = alias + type;
            milvus.createAlias(DB, through, rows);
            assertThat(milvus.tryAlias(DB, through)).isEqualTo(new AliasTrial.Searched());

            String empty = v1 + "_empty_" + type;
            collections.create(DB, empty, shape, 0);
            milvus.load(DB, empty);
            awaitSearchable(empty);
            milvus.alterAlias(DB, through, empty);
            assertThat(milvus.tryAlias(DB, through)).as("without a row").isEqualTo(new AliasTrial.Searched());
        }
    }

    @Test
    void aRowThatTheOldCollectionHasNotTellsWhichOneAnswers() {
        String old = searchable("old", CollectionShape.PLAIN);
        String now = searchable("now", CollectionShape.PLAIN.withFirstKey(1000));
        milvus.createAlias(DB, alias, old);

        assertThat(prove(now, old)).isInstanceOfSatisfying(AliasProof.Asked.class, asked -> {
            assertThat(asked.witness()).matches("[0-9a-f]{12}");
            assertThat(asked).extracting("asked", "answered", "stale").containsExactly(3, 0, 3);
        });

        milvus.alterAlias(DB, alias, now);

        assertProves(now, old);
    }

    /** Key by key the two have a row, and each another one. */
    @Test
    void aRowThatDiffersInANumberOrInAVectorTellsToo() {
        for (CollectionShape shape : List.of(CollectionShape.PLAIN.withNumbers("price"), CollectionShape.PLAIN)) {
            String name = shape.numbers().isEmpty() ? "vector" : "price";
            String old = searchable("old_" + name, shape);
            String now = searchable("now_" + name, shape.withFirstKey(ROWS / 2), ROWS / 2);
            milvus.createAlias(DB, alias + name, now);

            assertThat(prove(alias + name, now, old)).isInstanceOfSatisfying(AliasProof.Asked.class,
                    asked -> assertThat(asked.answered()).isEqualTo(3));
        }
    }

    @Test
    void keysMayBeTexts() {
        String old = searchable("old", CollectionShape.PLAIN.withTextKeys());
        String now = searchable("now", CollectionShape.PLAIN.withTextKeys().withFirstKey(5));
        milvus.createAlias(DB, alias, now);

        assertProves(now, old);
    }

    @Test
    void whereNothingTellsTwoCollectionsApartThereIsNoProof() {
        String old = searchable("old", CollectionShape.PLAIN);
        String same = searchable("same", CollectionShape.PLAIN);
        String released = searchable("released", CollectionShape.PLAIN);
        milvus.release(DB, released);
        milvus.load(DB, v1);
        awaitSearchable(v1);
        milvus.createAlias(DB, alias, same);

        assertThat(prove(same, old)).isEqualTo(
                new AliasProof.NoWitness("no sampled row tells %s from %s".formatted(same, old)));
        assertThat(prove(same, released)).isEqualTo(new AliasProof.NoWitness(released + " is not loaded"));
        assertThat(prove(same, "missing")).isEqualTo(new AliasProof.NoWitness("missing does not exist"));
        assertThat(prove(v1, old)).isEqualTo(new AliasProof.NoWitness(v1 + " has no rows to ask for"));
    }

    private void assertProves(String now, String old) {
        assertThat(prove(now, old)).isInstanceOfSatisfying(AliasProof.Asked.class,
                asked -> assertThat(asked).extracting("asked", "answered", "stale").containsExactly(3, 3, 0));
    }

    private AliasProof prove(String now, String old) {
        return prove(alias, now, old);
    }

    private AliasProof prove(String through, String now, String old) {
        return milvus.proveSwitch(DB, through, new CollectionState(now, "7", true), old);
    }

    private static Cutover.Search by(String field) {
        return new Cutover.Search(5, 1, null, field, null);
    }

    private static void assertFinds(SearchTrial trial, int samples, int hits, int common) {
        assertThat(trial).isInstanceOfSatisfying(Searched.class, searched -> {
            assertThat(searched.samples()).isEqualTo(samples);
            assertThat(searched.activeHits()).isEqualTo(hits);
            assertThat(searched.candidateHits()).isEqualTo(hits);
            assertThat(searched.commonHits()).isEqualTo(common);
            assertThat(searched.activeLatency()).isPositive();
            assertThat(searched.candidateLatency()).isPositive();
        });
    }

    private String filled(String name, CollectionShape shape) {
        return filled(name, shape, ROWS);
    }

    private String filled(String name, CollectionShape shape, int rows) {
        String collection = v1 + "_" + name;
        collections.create(DB, collection, shape, rows);
        return collection;
    }

    private String searchable(String name, CollectionShape shape) {
        return searchable(name, shape, ROWS);
    }

    private String searchable(String name, CollectionShape shape, int rows) {
        String collection = filled(name, shape, rows);
        milvus.load(DB, collection);
        awaitSearchable(collection);
        return collection;
    }

    private void awaitSearchable(String collection) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(milvus.loading(DB, collection).stage())
                .as(milvus.loading(DB, collection).obstacle()).isEqualTo(Stage.SEARCHABLE));
    }
}
