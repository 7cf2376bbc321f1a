package dev.collectionalias.e2e;

import static dev.collectionalias.api.v1alpha1.Verdict.Failed;
import static dev.collectionalias.api.v1alpha1.Verdict.Passed;
import static dev.collectionalias.api.v1alpha1.Verdict.Waiting;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.GateResult;
import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.MilvusProxy;
import io.milvus.v2.common.IndexParam.MetricType;
import org.junit.jupiter.api.Test;

/**
 * What each gate says of real collections, passing, waiting and failing, and what becomes of the alias: a second client
 * asks the server where it points, and searches through it.
 */
abstract class GatesOnRealServers extends GatesStage {

    private static final int MORE_ROWS = 12;

    @Test
    void exists() {
        pointWith("{}");

        assertHeld(Reason.CollectionNotFound, ConditionType.Reconciling,
                gate("exists", Waiting, "collection %s does not exist in database default".formatted(candidate)));

        searchable(candidate, PLAIN, MORE_ROWS);
        assertSwitched(MORE_ROWS);
    }

    @Test
    void aCandidateThatIsDroppedWhileItIsWaitedForIsMissed() {
        searchable(candidate, PLAIN, MORE_ROWS);
        pointWith("{rows: {min: 100}}");
        assertHeld(Reason.GatesPending, ConditionType.Reconciling, gate("rows", Waiting, "12 rows; 100 needed"));

        collections.drop(DATABASE, candidate);

        assertHeld(Reason.CollectionNotFound, ConditionType.Reconciling,
                gate("exists", Waiting, "collection %s does not exist in database default".formatted(candidate)));
        assertThat(gates()).as("nothing else is known of it").hasSize(1);
    }

    @Test
    void rowsAreCountedUntilThereAreEnough() {
        searchable(candidate, PLAIN, 4);
        pointWith("{rows: {min: 6}}");
        assertHeld(Reason.GatesPending, ConditionType.Reconciling, gate("rows", Waiting, "4 rows; 6 needed"),
                gate("exists", Passed, candidate + " exists"),
                gate("loaded", Passed, candidate + " is loaded and answers"));

        collections.insert(DATABASE, candidate, PLAIN, 4, 2);

        assertSwitched(6);
        assertPassedBefore(gate("rows", Passed, "6 rows; 6 needed"));
    }

    @Test
    void rowsAreComparedWithThoseOfTheActiveCollection() {
        searchable(candidate, PLAIN, 8);
        pointWith("{rows: {percentOfActive: 85}}");
        assertHeld(Reason.GatesPending, ConditionType.Reconciling,
                gate("rows", Waiting, "8 rows; 9 needed (85 % of 10 rows)"));

        collections.insert(DATABASE, candidate, PLAIN, 8, 1);

        assertSwitched(9);
        assertPassedBefore(gate("rows", Passed, "9 rows; 9 needed (85 % of 10 rows)"));
    }

    @Test
    void rowsOfACollectionThatIsNotLoadedAreTakenFromStatistics() {
        unloaded(candidate, PLAIN, MORE_ROWS);
        pointWith("{loaded: Never, rows: {min: 100}}");

        assertHeld(Reason.GatesPending, ConditionType.Reconciling,
                gate("rows", Waiting, "12 rows by statistics; 100 needed"));
    }

    @Test
    void loadedWaitsForSomebodyToLoadIt() {
        unloaded(candidate, PLAIN, MORE_ROWS);
        pointWith("{}");
        assertHeld(Reason.CollectionNotLoaded, ConditionType.Reconciling,
                gate("loaded", Waiting, candidate + " is not loaded; load it, or set autoLoad"),
                gate("schema", Passed, "%s has all 2 fields of %s".formatted(candidate, ACTIVE)));

        collections.load(DATABASE, candidate);

        assertSwitched(MORE_ROWS);
        assertPassedBefore(gate("loaded", Passed, candidate + " is loaded and answers"));
    }

    @Test
    void loadedLoadsItWhereAsked() {
        unloaded(candidate, PLAIN, MORE_ROWS);
        pointWith("{autoLoad: true}");

        assertSwitched(MORE_ROWS);
        assertPassedBefore(gate("loaded", Passed, candidate + " is loaded and answers"));
    }

    @Test
    void withoutAnIndexItIsNotSwitchedTo() {
        unloaded(candidate, PLAIN.withoutIndex(), MORE_ROWS);
        pointWith("{autoLoad: true}");

        GateResult indexIsMissing = gate("schema", Waiting, candidate + " has no index on vector yet");
        if (loadsWithoutIndex()) {
            assertHeld(Reason.GatesPending, ConditionType.Reconciling, indexIsMissing,
                    gate("loaded", Passed, candidate + " is loaded and answers"));
        } else {
            Condition ready = awaitHeld(Reason.CollectionNotLoaded, ConditionType.Reconciling, indexIsMissing,
                    gate("loaded", Waiting, candidate + " is not loaded"));
            assertThat(ready.message()).contains("loading it failed", "index not found");
        }

        collections.index(DATABASE, candidate, PLAIN);
        assertSwitched(MORE_ROWS);
    }

    @Test
    void schemaOfAnotherDimensionFailsUntilTheCandidateIsAnother() {
        loaded(candidate, PLAIN.withDimension(8), MORE_ROWS);
        pointWith("{}");
        assertHeld(Reason.GatesFailed, ConditionType.Stalled, gate("schema", Failed,
                "%s differs from %s: field vector has dimension 8 instead of 4".formatted(candidate, ACTIVE)));

        collections.drop(DATABASE, candidate);
        searchable(candidate, PLAIN, MORE_ROWS);

        assertSwitched(MORE_ROWS);
    }

    @Test
    void schemaOfAnotherMetricFailsUntilTheSpecIsAnother() {
        searchable(candidate, PLAIN.withMetric(MetricType.IP), MORE_ROWS);
        pointWith("{}");
        assertHeld(Reason.GatesFailed, ConditionType.Stalled, gate("schema", Failed,
                "%s differs from %s: field vector has metric IP instead of L2".formatted(candidate, ACTIVE)));

        objects.patchSpec(object(), "{cutover: {gates: {schema: Ignore}}}");

        assertSwitched(MORE_ROWS);
    }

    @Test
    void schemaWithAnotherFieldIsCompatibleButNotIdentical() {
        searchable(candidate, PLAIN.withNumbers("price"), MORE_ROWS);
        pointWith("{schema: Identical}");
        assertHeld(Reason.GatesFailed, ConditionType.Stalled, gate("schema", Failed,
                "%s differs from %s: field price is new".formatted(candidate, ACTIVE)));

        objects.patchSpec(object(), "{cutover: {gates: {schema: Compatible}}}");

        assertSwitched(MORE_ROWS);
        assertPassedBefore(gate("schema", Passed, "%s has all 2 fields of %s".formatted(candidate, ACTIVE)));
    }

    @Test
    void searchFindsTheSameRows() {
        searchable(candidate, PLAIN, MORE_ROWS);
        pointWith("{search: {samples: 5, limit: 1}}");

        assertSwitched(MORE_ROWS);
        assertThat(passedBefore()).anySatisfy(gate -> {
            assertThat(gate.name()).isEqualTo("search");
            assertThat(gate.message()).startsWith("100 % of 5 hits found too, 80 % needed; 5 vectors, median ");
        });
    }

    @Test
    void searchThatFindsOtherRowsWaitsUntilTheRightOnesAreThere() {
        // Each of the active collection's rows is nearest to itself; 3 of 10 are there.
        searchable(candidate, PLAIN, 3);
        pointWith("{search: {samples: 10, limit: 1}}");
        awaitHeld(Reason.GatesPending, ConditionType.Reconciling);
        assertThat(gate("search").verdict()).isEqualTo(Waiting);
        assertThat(gate("search").message())
                .startsWith("30 % of 10 hits found too, 80 % needed; 10 vectors, median ");

        collections.insert(DATABASE, candidate, PLAIN, 3, MORE_ROWS - 3);

        assertSwitched(MORE_ROWS);
    }

    @Test
    void searchThatFindsNothingInCommonIsHeld() {
        searchable(candidate, PLAIN.withFirstKey(1000), ROWS);
        pointWith("{search: {samples: 5, limit: 3}}");

        Condition ready = awaitHeld(Reason.GatesPending, ConditionType.Reconciling);
        assertThat(ready.message()).contains("search: 0 % of 15 hits found too, 80 % needed");
        assertThat(gate("search").verdict()).isEqualTo(Waiting);
    }

    @Test
    void searchIsHeldWhileTheCandidateAnswersTenTimesMoreSlowly() {
        searchable(candidate, PLAIN, MORE_ROWS);
        try (MilvusProxy proxy = new MilvusProxy(milvus)) {
            proxy.slow("Search", candidate, Duration.ofMillis(400));
            anAliasBehind(proxy);
            pointWith("{search: {samples: 3, limit: 1, maxLatencyPercentOfActive: 300}}");

            Condition ready = awaitHeld(Reason.GatesPending, ConditionType.Reconciling);
            assertThat(gate("search").verdict()).isEqualTo(Waiting);
            assertThat(gate("search").message())
                    .matches("100 % of 3 hits found too, 80 % needed; 3 vectors, median \\d+ ms, "
                            + "active \\d+ ms \\(\\d+ %, at most 300 % allowed\\)");
            assertThat(ready.message()).contains("at most 300 % allowed");

            proxy.slow(Duration.ZERO);
            assertSwitched(MORE_ROWS);
        }
    }

    @Test
    void searchWithVectorsThatDoNotFitFails() {
        loaded(candidate, PLAIN.withDimension(8), MORE_ROWS);
        pointWith("{schema: Ignore, search: {samples: 5, limit: 3}}");

        assertHeld(Reason.GatesFailed, ConditionType.Stalled, gate("search", Failed,
                "field vector of %s is FloatVector of dimension 8 instead of FloatVector of dimension 4"
                        .formatted(candidate)));
    }

    @Test
    void searchInACollectionThatIsNotLoadedIsWaitedFor() {
        unloaded(candidate, PLAIN, MORE_ROWS);
        pointWith("{loaded: Never, search: {samples: 5, limit: 1}}");
        assertHeld(Reason.GatesPending, ConditionType.Reconciling,
                gate("search", Waiting, candidate + " is not loaded"));

        collections.load(DATABASE, candidate);

        assertSwitched(MORE_ROWS);
    }
}
