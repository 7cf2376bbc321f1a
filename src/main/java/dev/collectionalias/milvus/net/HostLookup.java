package dev.collectionalias.milvus.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Finds the addresses of hosts, on threads of its own and with a deadline. The JDK has none, and asks in native code, which
 * holds up a carrier of virtual threads: a few hundred names of a slow name server would hold up all of them.
 */
public final class HostLookup {

    /** Asks a name server. */
    @FunctionalInterface
    public interface Resolver {
        List<InetAddress> addressesOf(String host) throws UnknownHostException;
    }

    /** No name server answered in the time given; a later question may find the answer. */
    public static final class LateException extends IOException {
        private static final long serialVersionUID = 1;

        private LateException(Duration timeout) {
            super("the name server did not answer within %d ms".formatted(timeout.toMillis()));
        }
    }

    /** A thread that waits for a name server takes some 100 KiB. More names than these wait for their turn. */
    private static final int MOST_AT_ONCE = 512;
    private static final Duration IDLE = Duration.ofSeconds(10);

    /** Everybody's: what one part of the operator asks already, another waits for. */
    public static final HostLookup SHARED = new HostLookup(host -> List.of(InetAddress.getAllByName(host)));

    private final Resolver resolver;
    private final ExecutorService threads = new ThreadPoolExecutor(0, MOST_AT_ONCE, IDLE.toMillis(),
            TimeUnit.MILLISECONDS, new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("host-lookup-", 0).factory(),
            HostLookup::waitForAThread);
    /** Starts them, since a thread takes its time to start, and its carrier with it where a virtual one starts it. */
    private final ExecutorService starter = Executors
            .newSingleThreadExecutor(Thread.ofPlatform().daemon().name("host-lookups").factory());
    private final Map<String, CompletableFuture<List<InetAddress>>> underWay = new ConcurrentHashMap<>();

    public HostLookup(Resolver resolver) {
        this.resolver = resolver;
    }

    /**
     * @return one address at least, in the order in which they are to be tried
     * @throws UnknownHostException if there is no such host, or no name server to be asked
     * @throws LateException        if no name server answered in time
     */
    public List<InetAddress> of(String host, Duration timeout)
            throws UnknownHostException, LateException, InterruptedException {
        CompletableFuture<List<InetAddress>> answer = underWay.computeIfAbsent(host, this::ask);
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new LateException(timeout);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException unknown) {
                throw unknown;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Goes on when nobody waits any more: the JDK remembers the answer for those who ask again. */
    private CompletableFuture<List<InetAddress>> ask(String host) {
        CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
        starter.execute(() -> threads.execute(() -> {
            try {
                answer.complete(resolver.addressesOf(host));
            } catch (UnknownHostException | RuntimeException | Error e) {
                answer.completeExceptionally(e);
            } finally {
                underWay.remove(host, answer);
            }
        }));
        return answer;
    }

    private static void waitForAThread(Runnable question, ThreadPoolExecutor threads) {
        try {
            threads.getQueue().put(question);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
