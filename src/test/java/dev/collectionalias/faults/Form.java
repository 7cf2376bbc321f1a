package dev.collectionalias.faults;

/** How long a run may last: the short form is part of each build, the long one is asked for by {@code -Dfaults.long}. */
enum Form {
    SHORT, LONG;

    static Form ofThisRun() {
        return Boolean.getBoolean("faults.long") ? LONG : SHORT;
    }

    <T> T choose(T whenShort, T whenLong) {
        return this == SHORT ? whenShort : whenLong;
    }
}
