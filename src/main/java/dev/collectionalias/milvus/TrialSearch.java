package dev.collectionalias.milvus;

import static java.lang.String.format;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.plan.seen.Loading.Stage;
import dev.collectionalias.plan.seen.SearchTrial;
import dev.collectionalias.plan.seen.SearchTrial.Impossible;
import dev.collectionalias.plan.seen.SearchTrial.NotYet;
import dev.collectionalias.plan.seen.SearchTrial.Searched;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.service.collection.request.CreateCollectionReq.CollectionSchema;
import io.milvus.v2.service.collection.request.CreateCollectionReq.FieldSchema;
import io.milvus.v2.service.vector.request.QueryReq;
import io.milvus.v2.service.vector.request.SearchReq;
import io.milvus.v2.service.vector.request.data.BaseVector;

/** Searches some of the active collection's vectors in both collections, one at a time as applications do. */
final class TrialSearch {

    /** A trial makes two searches for each sample. The operator stops asking a server that is too slow for that. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ServerCalls calls;
    private final LoadStates loadStates;
    private final CollectionSchemas schemas;
    private final Cutover.Search spec;

    TrialSearch(ServerCalls calls, LoadStates loadStates, CollectionSchemas schemas, Cutover.Search spec) {
        this.calls = calls;
        this.loadStates = loadStates;
        this.schemas = schemas;
        this.spec = spec;
    }

    SearchTrial of(String active, String candidate) {
        try {
            return tryOut(active, candidate);
        } catch (MilvusException e) {
            return switch (e.kind()) {
                case NOT_LOADED, NO_INDEX, COLLECTION_NOT_FOUND, QUOTA_EXCEEDED, UNREADABLE, SERVER_ERROR ->
                    new NotYet(e.getMessage());
                case INVALID_REQUEST -> new Impossible(e.getMessage());
                default -> throw e;
            };
        }
    }

    private SearchTrial tryOut(String active, String candidate) {
        for (String collection : List.of(active, candidate)) {
            // Servers answer differently to a search of a collection that is not loaded.
            if (loadStates.of(collection).stage() != Stage.LOADED) {
                return new NotYet(format("%s is not loaded", collection));
            }
        }
        Optional<CollectionSchema> activeSchema = schemas.describe(active);
        Optional<CollectionSchema> candidateSchema = schemas.describe(candidate);
        if (activeSchema.isEmpty() || candidateSchema.isEmpty()) {
            return new NotYet(format("%s does not exist", activeSchema.isEmpty() ? active : candidate));
        }
        VectorField.Choice choice = VectorField.choose(spec.vectorField(), active, activeSchema.get(), candidate,
                candidateSchema.get());
        return switch (choice) {
            case VectorField.Unusable unusable -> new Impossible(unusable.why());
            case VectorField.Usable usable -> compare(active, candidate, usable.field());
        };
    }

    private SearchTrial compare(String active, String candidate, FieldSchema field) {
        List<BaseVector> samples = samples(active, field);
        if (samples.isEmpty()) {
            return new NotYet(format("%s has no rows to search with", active));
        }
        long began = System.nanoTime();
        HitComparison comparison = new HitComparison();
        for (BaseVector sample : samples) {
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                return new NotYet(format("only %d of %d vectors could be searched in %d s", comparison.samples(),
                        samples.size(), PATIENCE.toSeconds()));
            }
            comparison.add(search(active, field, sample), search(candidate, field, sample));
        }
        return comparison.result();
    }

    private List<BaseVector> samples(String active, FieldSchema field) {
        return calls
                .call("query vectors of " + active, sdk -> sdk.query(QueryReq.builder().databaseName(calls.database())
                        .collectionName(active).outputFields(List.of(field.getName())).limit(spec.samples())
                        .consistencyLevel(ConsistencyLevel.BOUNDED).build()))
                .getQueryResults().stream()
                .map(row -> row.getEntity().get(field.getName())).filter(Objects::nonNull)
                .map(stored -> VectorSamples.searchable(field.getDataType(), stored)).toList();
    }

    private Answer search(String collection, FieldSchema field, BaseVector vector) {
        long began = System.nanoTime();
        Set<String> keys = calls.call("search " + collection, sdk -> sdk.search(SearchReq.builder()
                .databaseName(calls.database()).collectionName(collection).annsField(field.getName())
                .data(List.of(vector))
                .limit(spec.limit()).consistencyLevel(ConsistencyLevel.BOUNDED).build())).getSearchResults().stream()
                .flatMap(List::stream).map(hit -> String.valueOf(hit.getId())).collect(Collectors.toSet());
        return new Answer(keys, Duration.ofNanos(System.nanoTime() - began));
    }

    /** @param keys the primary keys of the hits, as text */
    private record Answer(Set<String> keys, Duration latency) {}

    /** Adds up the hits of the searches. */
    private static final class HitComparison {

        private final List<Duration> activeLatencies = new ArrayList<>();
        private final List<Duration> candidateLatencies = new ArrayList<>();
        private int activeHits;
        private int candidateHits;
        private int commonHits;

        int samples() {
            return activeLatencies.size();
        }

        void add(Answer active, Answer candidate) {
            activeLatencies.add(active.latency());
            candidateLatencies.add(candidate.latency());
            activeHits += active.keys().size();
            candidateHits += candidate.keys().size();
            Set<String> common = new HashSet<>(active.keys());
            common.retainAll(candidate.keys());
            commonHits += common.size();
        }

        Searched result() {
            return new Searched(samples(), activeHits, candidateHits, commonHits, median(activeLatencies),
                    median(candidateLatencies));
        }

        private static Duration median(List<Duration> latencies) {
            return latencies.stream().sorted().toList().get(latencies.size() / 2);
        }
    }
}
