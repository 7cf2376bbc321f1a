package dev.collectionalias.milvus;

import static java.lang.String.format;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.collectionalias.milvus.MilvusException.Kind;
import dev.collectionalias.plan.seen.AliasProof;
import dev.collectionalias.plan.seen.AliasProof.Asked;
import dev.collectionalias.plan.seen.AliasProof.NoWitness;
import dev.collectionalias.plan.seen.AliasProof.Unanswered;
import dev.collectionalias.plan.seen.CollectionState;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.common.DataType;
import io.milvus.v2.service.collection.request.CreateCollectionReq.CollectionSchema;
import io.milvus.v2.service.collection.request.CreateCollectionReq.FieldSchema;
import io.milvus.v2.service.vector.request.QueryReq;

/**
 * Asks through an alias which of two collections answers, by a witness: a row of the new collection that the old one has
 * not, or has otherwise.
 */
final class Witnesses {

    private static final int SAMPLED = 16;
    private static final int ASKED = 3;
    /** Somebody may delete or change a row at any time. Then it is no witness any more, and the next one is. */
    private static final int MOST_WITNESSES = 3;
    private static final int MOST_FIELDS = 8;
    private static final int DIGITS = 12;

    /** The operator stops asking a server that is too slow. The object can't do anything else meanwhile. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** JSON and arrays may be large, so the operator leaves them out. */
    private static final Set<DataType> SCALARS = Set.of(DataType.Bool, DataType.Int8, DataType.Int16, DataType.Int32,
            DataType.Int64, DataType.Float, DataType.Double, DataType.VarChar);

    /** A row, with the fields that are compared. */
    private record Row(Object key, Map<String, Object> values) {}

    /** @param before the same row of the old collection; empty if that has none of its key */
    private record Witness(Row row, Optional<Row> before) {}

    private final ServerCalls calls;
    private final LoadStates loadStates;
    private final CollectionSchemas schemas;
    private final String alias;
    private final CollectionState active;
    private final String before;
    private final long began = System.nanoTime();

    Witnesses(ServerCalls calls, LoadStates loadStates, CollectionSchemas schemas, String alias, CollectionState active,
            String before) {
        this.calls = calls;
        this.loadStates = loadStates;
        this.schemas = schemas;
        this.alias = alias;
        this.active = active;
        this.before = before;
    }

    AliasProof ask() {
        try {
            return calls.unlessBusy(this::compare)
                    .orElseGet(() -> new Unanswered("other switches are being proved on this server"));
        } catch (MilvusException e) {
            return switch (e.kind()) {
                case REPLACED -> throw e;
                case PERMISSION_DENIED, NOT_LOADED, COLLECTION_NOT_FOUND, UNREADABLE, INVALID_REQUEST, UNSUPPORTED ->
                    new NoWitness(words(e));
                default -> new Unanswered(words(e));
            };
        }
    }

    /** A server may quote a row's key if it does not understand the question. No status has a user's data. */
    private static String words(MilvusException failure) {
        return switch (failure.kind()) {
            case PERMISSION_DENIED, NOT_LOADED, COLLECTION_NOT_FOUND, UNAVAILABLE, RATE_LIMITED, QUOTA_EXCEEDED ->
                failure.getMessage();
            default -> format("the server did not answer a query of a few rows (%s)", failure.kind());
        };
    }

    private AliasProof compare() {
        if (!active.loaded()) {
            return new NoWitness(format("%s is not loaded", active.name()));
        }
        Optional<CollectionSchema> activeSchema = schemas.describe(active.name());
        Optional<CollectionSchema> beforeSchema = schemas.describe(before);
        if (activeSchema.isEmpty() || beforeSchema.isEmpty()) {
            return new NoWitness(format("%s does not exist", activeSchema.isEmpty() ? active.name() : before));
        }
        if (!loadStates.of(before).isLoaded()) {
            return new NoWitness(format("%s is not loaded", before));
        }
        String key = key(activeSchema.get());
        if (!key.equals(key(beforeSchema.get()))) {
            return new NoWitness(format("the primary keys of %s and %s differ", active.name(), before));
        }
        List<String> scalars = common(activeSchema.get(), beforeSchema.get(), field -> !field.getName().equals(key)
                && SCALARS.contains(field.getDataType())).limit(MOST_FIELDS).toList();
        List<String> vector = common(activeSchema.get(), beforeSchema.get(), CollectionSchemas::isVector)
                .filter(name -> !VectorField.isComputed(name, activeSchema.get())).limit(1).toList();
        return askBy(key, scalars).or(() -> vector.isEmpty() ? Optional.empty() : askBy(key, vector))
                .orElseGet(() -> new NoWitness(
                        format("no sampled row tells %s from %s", active.name(), before)));
    }

    private static String key(CollectionSchema schema) {
        return schema.getFieldSchemaList().stream().filter(field -> Boolean.TRUE.equals(field.getIsPrimaryKey()))
                .map(FieldSchema::getName).findFirst().orElse("");
    }

    private static Stream<String> common(CollectionSchema one, CollectionSchema other, Predicate<FieldSchema> wanted) {
        return one.getFieldSchemaList().stream().filter(wanted)
                .filter(field -> other.getFieldSchemaList().stream()
                        .anyMatch(same -> same.getName().equals(field.getName())
                                && same.getDataType() == field.getDataType()))
                .map(FieldSchema::getName);
    }

    /** Empty if no sampled row has other values of these fields in the old collection. */
    private Optional<AliasProof> askBy(String key, List<String> fields) {
        Rows rows = new Rows(key, fields);
        List<Row> sampled = rows.some(active.name());
        if (sampled.isEmpty()) {
            return Optional.of(new NoWitness(format("%s has no rows to ask for", active.name())));
        }
        Map<Object, Row> old = rows.of(before, sampled.stream().map(Row::key).toList());
        List<Witness> witnesses = sampled.stream()
                .map(row -> new Witness(row, Optional.ofNullable(old.get(row.key()))))
                .filter(witness -> isWitness(Optional.of(witness.row()), witness.before())).limit(MOST_WITNESSES)
                .toList();
        if (witnesses.isEmpty()) {
            return Optional.empty();
        }
        return witnesses.stream().map(witness -> ask(rows, witness)).flatMap(Optional::stream).findFirst()
                .or(() -> Optional.of(new Unanswered(format("the rows that tell %s from %s change all the time",
                        active.name(), before))));
    }

    private static boolean isWitness(Optional<Row> now, Optional<Row> before) {
        return now.isPresent() && !now.equals(before);
    }

    /** Empty if the row is no witness any more. */
    private Optional<AliasProof> ask(Rows rows, Witness witness) {
        int answered = 0;
        int stale = 0;
        for (int asked = 0; asked < ASKED; asked++) {
            Optional<Row> answer;
            Optional<Row> now;
            try {
                requireTime();
                answer = rows.through(alias, witness.row().key());
                now = answer.equals(Optional.of(witness.row())) ? answer : rows.one(active.name(), witness.row().key());
            } catch (MilvusException e) {
                if (stale == 0 || e.kind() == Kind.REPLACED) {
                    throw e;
                }
                break;
            }
            if (!isWitness(now, witness.before()) || !answer.equals(now) && !answer.equals(witness.before())) {
                break; // somebody has deleted or changed the row in between
            }
            if (answer.equals(now)) {
                answered++;
            } else {
                stale++;
            }
        }
        return answered + stale == ASKED || stale > 0
                ? Optional.of(new Asked(hash(witness.row().key()), answered + stale, answered, stale))
                : Optional.empty();
    }

    private void requireTime() {
        if (System.nanoTime() - began > PATIENCE.toNanos()) {
            throw new MilvusException(Kind.UNAVAILABLE,
                    format("the server did not answer within %d s", PATIENCE.toSeconds()), null);
        }
    }

    private String hash(Object key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((active.id() + '/' + key).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /** Reads rows with these fields. */
    private final class Rows {
        private final String key;
        private final List<String> fields;

        Rows(String key, List<String> fields) {
            this.key = key;
            this.fields = fields;
        }

        List<Row> some(String collection) {
            return read(calls::call, collection, "", SAMPLED, ConsistencyLevel.BOUNDED);
        }

        Map<Object, Row> of(String collection, List<Object> keys) {
            return read(calls::call, collection, keys).stream().collect(Collectors.toMap(Row::key,
                    Function.identity(), (one, other) -> one));
        }

        Optional<Row> one(String collection, Object wanted) {
            return read(calls::call, collection, List.of(wanted)).stream().findFirst();
        }

        /** Each proxy has its own memory of an alias, and a new connection may lead to another proxy. */
        Optional<Row> through(String name, Object wanted) {
            return read(calls::callAfresh, name, List.of(wanted)).stream().findFirst();
        }

        private List<Row> read(BiFunction<String, Function<Sdk, List<Row>>, List<Row>> how, String collection,
                List<Object> keys) {
            String filter = keys.stream().map(PartitionFilter::literal)
                    .collect(Collectors.joining(", ", key + " in [", "]"));
            return read(how, collection, filter, keys.size(), ConsistencyLevel.STRONG);
        }

        private List<Row> read(BiFunction<String, Function<Sdk, List<Row>>, List<Row>> how, String collection,
                String filter, int limit, ConsistencyLevel consistency) {
            List<String> output = Stream.concat(Stream.of(key), fields.stream()).toList();
            return how.apply("query " + collection, sdk -> sdk
                    .query(QueryReq.builder().databaseName(calls.database()).collectionName(collection).filter(filter)
                            .outputFields(output).limit(limit).consistencyLevel(consistency).build())
                    .getQueryResults().stream().map(found -> row(found.getEntity())).toList());
        }

        private Row row(Map<String, Object> entity) {
            Map<String, Object> values = new HashMap<>();
            fields.forEach(field -> values.put(field, entity.get(field)));
            return new Row(entity.get(key), values);
        }
    }
}
