package dev.collectionalias.support;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.milvus.grpc.DataType;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.ErrorCode;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.FloatArray;
import io.milvus.grpc.InsertRequest;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.MilvusServiceGrpc.MilvusServiceBlockingStub;
import io.milvus.grpc.ScalarField;
import io.milvus.grpc.Status;
import io.milvus.grpc.VectorField;
import io.milvus.shaded.io.grpc.StatusRuntimeException;

/**
 * Inserts without a pause, as pymilvus does: it keeps what it knows of a collection, and when the server says that this
 * is outdated it asks anew and tries once more. The Java SDK would try for ever, and so hide what fails.
 */
@SuppressWarnings("deprecation") // the old codes, which servers send and clients read
public final class InsertTraffic implements AutoCloseable {

    private static final int DIMENSION = CollectionShape.PLAIN.dimension();

    private final MilvusServer milvus;
    private final RawMilvus raw;
    private final String collection;
    private final AtomicInteger rows = new AtomicInteger();
    private final AtomicInteger inserted = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private final Queue<String> failed = new ConcurrentLinkedQueue<>();
    private final Workers writers;

    /** A writer that knows what a collection was like when it last asked. */
    private final class Writer {
        private long known = updateTimestamp();

        void insert() {
            try {
                Status answer = send(known);
                if (isOutdated(answer)) {
                    repeated.incrementAndGet();
                    known = updateTimestamp();
                    answer = send(known);
                }
                if (answer.getErrorCode() == ErrorCode.Success) {
                    inserted.incrementAndGet();
                } else {
                    failed.add(answer.getReason());
                }
            } catch (StatusRuntimeException e) {
                failed.add(String.valueOf(e.getMessage()));
            }
        }
    }

    /**
     * @param collection its name or an alias; of the shape {@link CollectionShape#PLAIN}
     * @param threadCount of writers; with none the only inserts are those of {@link #insertOnce}
     */
    public InsertTraffic(MilvusServer milvus, String collection, int threadCount) {
        this(milvus, collection, threadCount, Duration.ZERO);
    }

    /** @param pause of each writer between two inserts */
    public InsertTraffic(MilvusServer milvus, String collection, int threadCount, Duration pause) {
        this.milvus = milvus;
        this.collection = collection;
        raw = new RawMilvus(milvus);
        writers = new Workers("insert", threadCount, () -> {
            Writer writer = new Writer();
            return () -> {
                writer.insert();
                LockSupport.parkNanos(pause.toNanos());
            };
        });
    }

    /** One insert, of a writer who knows what the collection is like now; runs the hook before that is sent. */
    public void insertOnce(Runnable meanwhile) {
        Writer writer = new Writer();
        meanwhile.run();
        writer.insert();
    }

    /** Inserts that were made, one row each. */
    public int inserted() {
        return inserted.get();
    }

    /** Inserts that were sent once more because the collection had changed. */
    public int repeated() {
        return repeated.get();
    }

    /** What the server said to those that failed for good. */
    public List<String> failed() {
        return List.copyOf(failed);
    }

    private MilvusServiceBlockingStub calls() {
        return milvus.token().isEmpty() ? raw.calls() : raw.callsBy(milvus.token());
    }

    private long updateTimestamp() {
        DescribeCollectionResponse described = calls()
                .describeCollection(DescribeCollectionRequest.newBuilder().setCollectionName(collection).build());
        return described.getUpdateTimestamp();
    }

    private Status send(long known) {
        int row = rows.getAndIncrement();
        return calls().insert(InsertRequest.newBuilder().setCollectionName(collection).setSchemaTimestamp(known)
                .setNumRows(1).addFieldsData(key(row)).addFieldsData(vector(row)).build()).getStatus();
    }

    private static boolean isOutdated(Status answer) {
        return answer.getErrorCode() == ErrorCode.SchemaMismatch;
    }

    private static FieldData key(int row) {
        return FieldData.newBuilder().setFieldName(CollectionShape.KEY).setType(DataType.Int64)
                .setScalars(ScalarField.newBuilder().setLongData(LongArray.newBuilder().addData(row))).build();
    }

    private static FieldData vector(int row) {
        return FieldData.newBuilder().setFieldName(CollectionShape.VECTOR).setType(DataType.FloatVector)
                .setVectors(VectorField.newBuilder().setDim(DIMENSION)
                        .setFloatVector(FloatArray.newBuilder().addAllData(RowVectors.floats(DIMENSION, row))))
                .build();
    }

    /** Lets inserts that run finish; they count. */
    public void stop() {
        writers.stop();
    }

    @Override
    public void close() {
        stop();
        raw.close();
    }
}
