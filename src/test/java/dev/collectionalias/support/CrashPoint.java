package dev.collectionalias.support;

import java.util.ArrayList;
import java.util.List;

/**
 * The write that a process does not survive. Writes are counted as they arrive, whether at Milvus or at the API server,
 * and only those that are about one thing and change it.
 */
public final class CrashPoint {

    public enum When {
        /** The write never happens. */
        BEFORE,
        /** The write happens, but the process does not learn of it. */
        AFTER
    }

    /** Thrown to whoever would carry out the write. */
    static final class Crashed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Crashed() {
            super("the writer is dead", null, false, false);
        }
    }

    private final String about;
    private final When when;
    private final int number;
    private final Runnable kill;
    private final List<String> writes = new ArrayList<>();
    private boolean crashed;

    /** @param about a name that all writes in question carry, and no other */
    public CrashPoint(String about, When when, int number, Runnable kill) {
        this.about = about;
        this.when = when;
        this.number = number;
        this.kill = kill;
    }

    /** Counts, and never kills. */
    public static CrashPoint none(String about) {
        return new CrashPoint(about, When.AFTER, 0, () -> {});
    }

    boolean counts(String name) {
        return name.contains(about);
    }

    /** @return the write's number, from 1 */
    synchronized int arrive(String write) {
        if (crashed) {
            throw new Crashed();
        }
        writes.add(write);
        if (when == When.BEFORE && writes.size() == number) {
            crash();
            throw new Crashed();
        }
        return writes.size();
    }

    synchronized void done(int arrived) {
        if (when == When.AFTER && arrived == number) {
            crash();
        }
    }

    /** It changed nothing, and so does not count. */
    synchronized void refused(int arrived) {
        writes.remove(arrived - 1);
    }

    private void crash() {
        crashed = true;
        kill.run();
    }

    public synchronized boolean hasCrashed() {
        return crashed;
    }

    public synchronized List<String> writes() {
        return List.copyOf(writes);
    }
}
