package dev.collectionalias.support;

record InProcessCollections(MilvusState state) implements MilvusCollections {

    @Override
    public void createDatabase(String database) {
        state.createDatabase(database);
    }

    @Override
    public void create(String database, String collection, CollectionShape shape, int rows) {
        state.createCollection(database, collection, shape);
        state.setRows(database, collection, rows);
    }

    @Override
    public void insert(String database, String collection, CollectionShape shape, int firstRow, int rows) {
        state.setRows(database, collection, firstRow + rows);
    }

    @Override
    public void index(String database, String collection, CollectionShape shape) {
        throw new UnsupportedOperationException("a collection of the double is what it was created as");
    }

    @Override
    public void load(String database, String collection) {
        state.load(database, collection);
    }

    @Override
    public void release(String database, String collection) {
        state.release(database, collection);
    }

    @Override
    public void drop(String database, String collection) {
        state.dropCollection(database, collection);
    }

    @Override
    public void rename(String database, String collection, String newName) {
        state.renameCollection(database, collection, newName);
    }

    @Override
    public void close() {
        // The server is closed by who started it.
    }
}
