package dev.collectionalias.milvus.net;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Ends work that a peer does not finish in time. */
public final class Deadlines {

    /** One thread is enough, since ending something takes no time. */
    public static final ScheduledExecutorService SHARED = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("milvus-deadlines").factory());

    private Deadlines() {}
}
