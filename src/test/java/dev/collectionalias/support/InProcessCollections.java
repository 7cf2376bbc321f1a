package dev.collectionalias.support;

record InProcessCollections(MilvusState state) implements MilvusCollections {

    @Override
    public void createDatabase(String database) {
        state.createDatabase(database);
    }

    @Override
    public void create(String database, String collection, int rows) {
        state.createCollection(database, collection);
        state.setRows(database, collection, rows);
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
