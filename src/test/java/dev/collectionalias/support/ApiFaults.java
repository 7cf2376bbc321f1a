package dev.collectionalias.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.net.httpserver.HttpExchange;

/** What goes wrong between an operator and its API server at an {@link ApiProxy}, until {@link #clear()}. */
public final class ApiFaults {

    private static final Set<String> CHANGES = Set.of("PUT", "PATCH");
    /** So that the storm is felt by every object, and yet something gets through now and then, as in a real one. */
    private static final int PASSED_ON_ONE_OF = 4;

    /** Whose requests are refused. */
    private enum Whom {
        NOBODY, CHANGES_ONLY, WATCHES_ONLY, ALL_BUT_WATCHES
    }

    private final Set<OpenWatch> watches = ConcurrentHashMap.newKeySet();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong injected = new AtomicLong();
    /** A slow API server is one of the faults. */
    private volatile Duration delay = Duration.ZERO;
    private volatile Whom refused = Whom.NOBODY;
    private volatile ApiRefusal refusal;
    private volatile boolean watchesExpire;

    /** Three of four changes of objects meet another writer's. */
    public void conflicts() {
        refuse(Whom.CHANGES_ONLY, ApiRefusal.CONFLICT);
    }

    /** Three of four requests are too many. */
    public void tooManyRequests() {
        refuse(Whom.ALL_BUT_WATCHES, ApiRefusal.TOO_MANY_REQUESTS);
    }

    /** No watch is accepted, since each begins too long ago; those that go on end. */
    public void refuseWatchesAsGone() {
        refuse(Whom.WATCHES_ONLY, ApiRefusal.GONE);
        dropWatches();
    }

    /** Each watch, the ones that go on too, ends with the event that it began too long ago. */
    public void endWatchesAsGone() {
        watchesExpire = true;
        dropWatches();
    }

    /** Everything is answered, this much later. */
    public void slow(Duration by) {
        delay = by;
    }

    /** Ends every watch that goes on, as a load balancer does; a new one is accepted. */
    public void dropWatches() {
        watches.forEach(OpenWatch::drop);
    }

    public void clear() {
        refused = Whom.NOBODY;
        watchesExpire = false;
        delay = Duration.ZERO;
    }

    /** How many requests and watches have met a fault so far. */
    public long injected() {
        return injected.get();
    }

    private void refuse(Whom whom, ApiRefusal how) {
        refusal = how;
        refused = whom;
    }

    static boolean isWatch(HttpExchange exchange) {
        String query = exchange.getRequestURI().getQuery();
        return query != null && query.contains("watch=true");
    }

    /** What becomes of a request; returns when it is time for that. */
    Optional<ApiRefusal> meet(HttpExchange exchange) throws InterruptedException {
        Duration wait = delay;
        if (!wait.isZero()) {
            injected.incrementAndGet();
            Thread.sleep(wait);
        }
        boolean isRefused = switch (refused) {
            case NOBODY -> false;
            case CHANGES_ONLY -> CHANGES.contains(exchange.getRequestMethod()) && isUnlucky();
            case WATCHES_ONLY -> isWatch(exchange);
            case ALL_BUT_WATCHES -> !isWatch(exchange) && isUnlucky();
        };
        if (isRefused) {
            injected.incrementAndGet();
        }
        return isRefused ? Optional.of(refusal) : Optional.empty();
    }

    private boolean isUnlucky() {
        return requests.incrementAndGet() % PASSED_ON_ONE_OF != 0;
    }

    /** Passes each event on as it comes, until one of the two sides ends the watch, or a fault does. */
    void relayWatch(InputStream in, OutputStream out) throws IOException {
        OpenWatch watch = new OpenWatch(in);
        watches.add(watch);
        try {
            if (!watchesExpire) {
                watch.copyTo(out);
            }
        } catch (IOException e) {
            if (!watch.isDropped()) {
                throw e;
            }
            injected.incrementAndGet();
        } finally {
            watches.remove(watch);
        }
        if (watchesExpire) {
            injected.incrementAndGet();
            out.write(ApiRefusal.GONE.asEvent());
        }
    }

    private record OpenWatch(InputStream in, AtomicBoolean dropped) {
        OpenWatch(InputStream in) {
            this(in, new AtomicBoolean());
        }

        boolean isDropped() {
            return dropped.get();
        }

        void drop() {
            dropped.set(true);
            try {
                in.close();
            } catch (IOException alreadyGone) {
                return;
            }
        }

        /** Whole events only, as an API server sends them: what is dropped in the middle of one never began it. */
        void copyTo(OutputStream out) throws IOException {
            ByteArrayOutputStream begun = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                int end = read;
                while (end > 0 && buffer[end - 1] != '\n') {
                    end--;
                }
                begun.write(buffer, 0, end);
                if (end > 0) {
                    begun.writeTo(out);
                    out.flush();
                    begun.reset();
                }
                begun.write(buffer, end, read - end);
            }
        }
    }
}
