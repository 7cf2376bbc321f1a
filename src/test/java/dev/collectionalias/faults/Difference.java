package dev.collectionalias.faults;

/** Where the API server or Milvus does not have what the ledger has. */
record Difference(Kind kind, String name, String what) {

    enum Kind {
        /** What was acknowledged is not there, or was never finished. */
        LOST,
        /** It is there, and points elsewhere. */
        WRONG,
        /** There is what nobody asked for, or what was deleted. */
        EXTRA
    }

    @Override
    public String toString() {
        return "%s %s: %s".formatted(kind, name, what);
    }
}
