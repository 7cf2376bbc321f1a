package dev.collectionalias.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import dev.collectionalias.milvus.net.Endpoint;
import dev.collectionalias.plan.ObjectName;

/**
 * Lets only so many aliases of one server be under way at once. Thousands are due together when the operator starts or a server
 * comes back. Begun all at once, their passes wait for each other's calls and take memory meanwhile ({@code bench/README.md}: 75
 * MiB for 10,000). A lane keeps the names of those that wait, and wakes them as others leave. A server that hangs holds up its own
 * aliases only.
 */
public final class ServerLanes {

    private static final class Lane {
        private int underWay;
        private final Set<ObjectName> waiting = new LinkedHashSet<>();
    }

    private final int width;
    private final Consumer<ObjectName> wake;
    private final Map<Endpoint, Lane> lanes = new HashMap<>();

    /**
     * @param width how many aliases of one server may be under way
     * @param wake  makes an alias try again
     */
    public ServerLanes(int width, Consumer<ObjectName> wake) {
        this.width = width;
        this.wake = wake;
    }

    /**
     * @param server where the alias is; empty: nobody knows yet, and so no server needs to be spared
     * @return the caller closes it at the end of the pass; empty: the lane is full, and wakes the alias later
     */
    public Optional<Entry> enter(Optional<Endpoint> server, ObjectName alias) {
        return server.isEmpty() || takes(server.get(), alias) ? Optional.of(new Entry(server)) : Optional.empty();
    }

    private synchronized boolean takes(Endpoint server, ObjectName alias) {
        Lane lane = lanes.computeIfAbsent(server, first -> new Lane());
        if (lane.underWay == width) {
            lane.waiting.add(alias);
            return false;
        }
        lane.waiting.remove(alias);
        lane.underWay++;
        return true;
    }

    /** Wakes as many as there is room for, and not just one: an alias that it wakes may be gone, or was due anyway. */
    private synchronized List<ObjectName> leave(Endpoint server) {
        Lane lane = lanes.get(server);
        lane.underWay--;
        List<ObjectName> next = new ArrayList<>();
        for (Iterator<ObjectName> waiting = lane.waiting.iterator(); waiting.hasNext()
                && lane.underWay + next.size() < width;) {
            next.add(waiting.next());
            waiting.remove();
        }
        if (lane.underWay == 0 && lane.waiting.isEmpty()) {
            lanes.remove(server);
        }
        return next;
    }

    /** An alias that is under way. */
    public final class Entry implements AutoCloseable {
        private final Optional<Endpoint> server;

        private Entry(Optional<Endpoint> server) {
            this.server = server;
        }

        @Override
        public void close() {
            server.map(ServerLanes.this::leave).orElse(List.of()).forEach(wake);
        }
    }
}
