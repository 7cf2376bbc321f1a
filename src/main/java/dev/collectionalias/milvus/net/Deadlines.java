package dev.collectionalias.milvus.net;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Ends what a peer does not end in time. */
public final class Deadlines {

    /** One thread for all, since ending something takes no time. */
    public static final ScheduledExecutorService SHARED = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("milvus-deadlines").factory());

    private Deadlines() {}
}
