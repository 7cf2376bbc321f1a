package dev.collectionalias.milvus;

import static java.lang.String.format;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.plan.seen.Loading.Stage;
import dev.collectionalias.plan.seen.SearchTrial;
import dev.collectionalias.plan.seen.SearchTrial.Impossible;
import dev.collectionalias.plan.seen.SearchTrial.NotYet;
import dev.collectionalias.plan.seen.SearchTrial.Searched;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.service.collection.request.CreateCollectionReq.CollectionSchema;
import io.milvus.v2.service.collection.request.CreateCollectionReq.FieldSchema;
import io.milvus.v2.service.collection.response.DescribeCollectionResp;
import io.milvus.v2.service.vector.request.QueryReq;
import io.milvus.v2.service.vector.request.SearchReq;
import io.milvus.v2.service.vector.request.data.BaseVector;
import io.milvus.v2.service.vector.response.QueryResp;

/** Searches some of the active collection's vectors in both collections, one at a time as applications do. */
final class TrialSearch {

    /** A round makes two searches for each sample. The operator stops asking a server that is too slow for that. */
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
        Optional<DescribeCollectionResp> ofActive = schemas.whole(active);
        Optional<DescribeCollectionResp> ofCandidate = schemas.whole(candidate);
        if (ofActive.isEmpty() || ofCandidate.isEmpty()) {
            return new NotYet(format("%s does not exist", ofActive.isEmpty() ? active : candidate));
        }
        CollectionSchema activeSchema = ofActive.get().getCollectionSchema();
        CollectionSchema candidateSchema = ofCandidate.get().getCollectionSchema();
        List<String> keys = Stream.of(ofActive.get(), ofCandidate.get())
                .flatMap(collection -> PartitionFilter.key(collection).stream()).distinct().toList();
        for (String key : keys) {
            if (activeSchema.getField(key) == null || candidateSchema.getField(key) == null) {
                return new Impossible(
                        format("only a filter on the partition key %s can search both collections, and %s "
                                + "has no such field", key, activeSchema.getField(key) == null ? active : candidate));
            }
        }
        VectorField.Choice choice = VectorField.choose(spec.vectorField(), active, activeSchema, candidate,
                candidateSchema);
        return switch (choice) {
            case VectorField.Unusable unusable -> new Impossible(unusable.why());
            case VectorField.Usable usable -> compare(active, candidate, usable.field(), keys);
        };
    }

    private SearchTrial compare(String active, String candidate, FieldSchema field, List<String> keys) {
        List<Sample> samples = samples(active, field, keys);
        if (samples.isEmpty()) {
            return new NotYet(format("%s has no rows to search with", active));
        }
        // Milvus may call a collection loaded whose data a first search has to fetch (warmup: async).
        boolean warmsUp = spec.maxLatencyPercentOfActive() != null;
        return warmsUp && round(active, candidate, field, samples) instanceof NotYet tooSlow
                ? tooSlow
                : round(active, candidate, field, samples);
    }

    private SearchTrial round(String active, String candidate, FieldSchema field, List<Sample> samples) {
        long began = System.nanoTime();
        HitComparison comparison = new HitComparison();
        for (Sample sample : samples) {
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                return new NotYet(format("only %d of %d vectors could be searched in %d s", comparison.samples(),
                        samples.size(), PATIENCE.toSeconds()));
            }
            comparison.add(search(active, field, sample), search(candidate, field, sample));
        }
        return comparison.result();
    }

    private List<Sample> samples(String active, FieldSchema field, List<String> keys) {
        List<String> read = Stream.concat(Stream.of(field.getName()), keys.stream()).toList();
        return calls
                .call("query vectors of " + active, sdk -> sdk.query(QueryReq.builder().databaseName(calls.database())
                        .collectionName(active).outputFields(read).limit(spec.samples())
                        .consistencyLevel(ConsistencyLevel.BOUNDED).build()))
                .getQueryResults().stream().map(QueryResp.QueryResult::getEntity)
                .filter(row -> read.stream().allMatch(name -> row.get(name) != null))
                .map(row -> new Sample(
                        VectorSamples.searchable(field.getDataType(), row.get(field.getName())),
                        keys.stream().map(key -> PartitionFilter.of(key, row.get(key)))
                                .collect(Collectors.joining(" and "))))
                .toList();
    }

    private Answer search(String collection, FieldSchema field, Sample sample) {
        long began = System.nanoTime();
        Set<String> keys = calls.call("search " + collection, sdk -> sdk.search(SearchReq.builder()
                .databaseName(calls.database()).collectionName(collection).annsField(field.getName())
                .data(List.of(sample.vector())).filter(sample.filter())
                .limit(spec.limit()).consistencyLevel(ConsistencyLevel.BOUNDED).build())).getSearchResults().stream()
                .flatMap(List::stream).map(hit -> String.valueOf(hit.getId())).collect(Collectors.toSet());
        return new Answer(keys, Duration.ofNanos(System.nanoTime() - began));
    }

    /** @param filter without which the collections can't be searched; empty if they can */
    private record Sample(BaseVector vector, String filter) {}

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
