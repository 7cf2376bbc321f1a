package dev.collectionalias.support;

import io.milvus.grpc.CollectionSchema;

/**
 * A collection of {@link InProcessMilvus}.
 *
 * @param loadedPercent 100 where it can be searched, below 0 where nobody asked for it to be loaded
 */
public record StoredCollection(long id, String name, long rows, int loadedPercent, CollectionSchema schema) {

    static final int NOT_LOADED = -1;
    static final int LOADED = 100;

    StoredCollection named(String newName) {
        return new StoredCollection(id, newName, rows, loadedPercent, schema);
    }

    StoredCollection withRows(long newRows) {
        return new StoredCollection(id, name, newRows, loadedPercent, schema);
    }

    StoredCollection loaded(int percent) {
        return new StoredCollection(id, name, rows, percent, schema);
    }
}
