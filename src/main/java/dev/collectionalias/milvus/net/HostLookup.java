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
 * Looks up the addresses of hosts, on threads of its own and with a deadline. The JDK's lookup has no deadline. It runs in
 * native code and pins a carrier of virtual threads. A few hundred lookups at a slow name server would stop all virtual
 * threads.
 */
public final class HostLookup {

    /** Asks a name server. */
    @FunctionalInterface
    public interface Resolver {
        List<InetAddress> addressesOf(String host) throws UnknownHostException;
    }

    /** No name server answered in the time given. A later lookup may find the answer. */
    public static final class LateException extends IOException {
        private static final long serialVersionUID = 1;

        private LateException(Duration timeout) {
            super("the name server did not answer within %d ms".formatted(timeout.toMillis()));
        }
    }

    /** Each lookup needs a thread, which takes some 100 KiB. Further lookups wait for a free one. */
    private static final int MOST_AT_ONCE = 512;
    private static final Duration IDLE = Duration.ofSeconds(10);

    /** Shared by the whole operator, so that two parts that ask for the same host share one lookup. */
    public static final HostLookup SHARED = new HostLookup(host -> List.of(InetAddress.getAllByName(host)));

    private final Resolver resolver;
    private final ExecutorService threads = new ThreadPoolExecutor(0, MOST_AT_ONCE, IDLE.toMillis(),
            TimeUnit.MILLISECONDS, new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("host-lookup-", 0).factory(),
            HostLookup::waitForAThread);
    /** Starts those threads. A start takes time, and would hold up the carrier of a virtual thread. */
    private final ExecutorService starter = Executors
            .newSingleThreadExecutor(Thread.ofPlatform().daemon().name("host-lookups").factory());
    private final Map<String, CompletableFuture<List<InetAddress>>> underWay = new ConcurrentHashMap<>();

    public HostLookup(Resolver resolver) {
        this.resolver = resolver;
    }

    /**
     * @return at least one address, in the order in which to try them
     * @throws UnknownHostException if there is no such host, or no name server
     * @throws LateException if no name server answered in time
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

    /** The lookup goes on after all askers have given up. The JDK remembers the answer for the next one. */
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
