package dev.collectionalias.support;

/** The collections that aliases point at, made and changed behind the operator's back. */
public interface MilvusCollections extends AutoCloseable {

    void createDatabase(String database);

    /** Creates a collection with rows that can be searched once it is loaded; it is not loaded yet. */
    default void create(String database, String collection, int rows) {
        create(database, collection, CollectionShape.PLAIN, rows);
    }

    void create(String database, String collection, CollectionShape shape, int rows);

    /** Adds rows to those that there are; theirs are the numbers from {@code firstRow} on. */
    void insert(String database, String collection, CollectionShape shape, int firstRow, int rows);

    /** Indexes the vectors of a collection that was created without. */
    void index(String database, String collection, CollectionShape shape);

    void load(String database, String collection);

    /** Milvus 2.3.5 says that a collection is loaded a moment before the first search finds the node that has it. */
    default void awaitSearchable(String database, String collection) {}

    void release(String database, String collection);

    void drop(String database, String collection);

    void rename(String database, String collection, String newName);

    @Override
    void close();

    /** Those of a double, changed without a call. */
    static MilvusCollections of(InProcessMilvus milvus) {
        return new InProcessCollections(milvus.state());
    }

    /** Those of any server, through the SDK. */
    static MilvusCollections of(MilvusServer milvus) {
        return new SdkCollections(milvus);
    }
}
