package dev.collectionalias.milvus;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.collectionalias.milvus.MilvusException.Kind;
import io.milvus.shaded.io.grpc.Context;
import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.ConnectConfig.ConnectConfigBuilder;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.client.RetryConfig;

/**
 * One authenticated connection to one server, on top of the Milvus SDK. Every call carries its own deadline; the SDK's
 * retries are off, because a retry is decided where the whole situation is known.
 */
public final class MilvusClient implements AutoCloseable {

    /** Beyond this many calls at once a server only gets slower; the others wait their turn. */
    private static final int MOST_CALLS_AT_ONCE = 64;

    static final ScheduledExecutorService DEADLINES = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("milvus-deadlines").factory());

    private final MilvusClientV2 sdk;
    private final ConnectionSettings settings;
    private final RpcObserver observer;
    private final String serverVersion;
    private final Semaphore turns = new Semaphore(MOST_CALLS_AT_ONCE, true);
    private volatile boolean closed;

    private MilvusClient(ConnectionSettings settings, RpcObserver observer, MilvusClientV2 sdk) {
        this.settings = settings;
        this.observer = observer;
        this.sdk = sdk;
        this.serverVersion = MilvusErrors.tidy(
                call("getServerVersion", settings.connectTimeout(), sdk::getServerVersion), settings.credentials());
    }

    /**
     * Connects and authenticates. Blocks for a few times {@link ConnectionSettings#connectTimeout()} at most: each of the looks at
     * the address, and the SDK, have it for themselves.
     *
     * @throws MilvusException if there is no Milvus that lets us in, told apart by its kind and in a sentence
     */
    public static MilvusClient connect(ConnectionSettings settings, RpcObserver observer) {
        Reachability.check(settings.address(), settings.tls(), settings.connectTimeout());
        MilvusClientV2 sdk;
        try {
            sdk = open(settings);
        } catch (UncheckedIOException e) {
            throw e; // no temporary file could be written, which is no fault of the server's
        } catch (RuntimeException e) {
            MilvusException failure = MilvusErrors.translate("connect", e, settings.credentials());
            if (failure.kind() == Kind.UNSUPPORTED) {
                throw new MilvusException(Kind.NOT_A_MILVUS,
                        settings.endpoint() + ": this is a gRPC server, but not a Milvus", failure);
            }
            throw failure;
        }
        try {
            sdk.retryConfig(RetryConfig.builder().maxRetryTimes(1).build());
            MilvusClient client = new MilvusClient(settings, observer, sdk);
            client.requireSupportedServer();
            return client;
        } catch (RuntimeException e) {
            sdk.close();
            throw e;
        }
    }

    private static MilvusClientV2 open(ConnectionSettings settings) {
        ConnectConfigBuilder config = configuration(settings);
        if (settings.tls().filter(tls -> !tls.equals(Tls.OF_THE_RUNTIME)).isEmpty()) {
            return new MilvusClientV2(config.build());
        }
        Tls tls = settings.tls().get();
        try (PemFiles files = new PemFiles(tls)) {
            // The SDK drops the client certificate where the authority comes as serverPemPath, and the authority where it
            // comes as caPemPath without a client certificate. With serverPemPath, it can't do without a name.
            if (tls.clientCertificate().isPresent()) {
                config.caPemPath(files.authorities()).clientPemPath(files.certificate()).clientKeyPath(files.key());
                tls.serverName().ifPresent(config::serverName);
            } else {
                config.serverPemPath(files.authorities())
                        .serverName(tls.serverName().orElseGet(settings.address()::toString));
            }
            return new MilvusClientV2(config.build());
        }
    }

    private static ConnectConfigBuilder configuration(ConnectionSettings settings) {
        ConnectConfigBuilder config = ConnectConfig.builder()
                .uri((settings.tls().isPresent() ? "https://" : "http://") + settings.address())
                .connectTimeoutMs(settings.connectTimeout().toMillis())
                // The SDK sends a keepalive every 10 s by default, which Milvus Lite answers with a GOAWAY.
                .keepAliveTimeMs(TimeUnit.MINUTES.toMillis(5))
                .keepAliveWithoutCalls(false)
                .secure(settings.tls().isPresent());
        if (!settings.credentials().token().isEmpty()) {
            config.token(settings.credentials().token());
        }
        return config;
    }

    private void requireSupportedServer() {
        if (ServerVersion.parse(serverVersion).filter(version -> !version.isSupported()).isPresent()) {
            throw new MilvusException(Kind.UNSUPPORTED, "Milvus " + serverVersion + " is too old: "
                    + ServerVersion.OLDEST_SUPPORTED + " is the first version that can describe aliases", null);
        }
    }

    /** Whether the server forgets other aliases when one is dropped; one that tells no version is not trusted. */
    public boolean dropDestroysNeighbours() {
        return ServerVersion.parse(serverVersion).map(ServerVersion::dropDestroysNeighbours).orElse(true);
    }

    /** Whether a switch has to be sent again before all searches follow it; one that tells no version is not trusted. */
    public boolean mayServeOldTargetAfterSwitch() {
        return ServerVersion.parse(serverVersion).map(ServerVersion::mayServeOldTargetAfterSwitch).orElse(true);
    }

    public ConnectionSettings settings() {
        return settings;
    }

    public Endpoint endpoint() {
        return settings.endpoint();
    }

    /** The version as the server writes it, on one line. */
    public String serverVersion() {
        return serverVersion;
    }

    /** Asks for a sign of life, with the deadline for connecting. */
    public void ping() {
        // The SDK would wait for its deadline where the port is closed.
        Reachability.checkPort(settings.address(), settings.connectTimeout());
        call("getServerVersion", settings.connectTimeout(), sdk::getServerVersion);
    }

    /** The gateway with the connection's own deadline for each call. */
    public MilvusGateway gateway() {
        return gateway(settings.rpcTimeout());
    }

    /** The same connection with another deadline for each call. */
    public MilvusGateway gateway(Duration rpcTimeout) {
        return new SdkGateway(new ServerCalls(this, sdk, rpcTimeout));
    }

    /** Waits for calls in flight, as long as one may take, then closes. */
    @Override
    public void close() {
        closed = true;
        try {
            turns.tryAcquire(MOST_CALLS_AT_ONCE, settings.rpcTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sdk.close();
    }

    /** @param name the method, and what it is about, as users read it where the call fails */
    <T> T call(String name, Duration deadline, Callable<T> rpc) {
        requireOpen(name);
        try {
            if (!turns.tryAcquire(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                requireOpen(name);
                throw new MilvusException(Kind.UNAVAILABLE, name + ": too many calls wait for the server already",
                        null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MilvusException(Kind.UNAVAILABLE, name + ": interrupted", e);
        }
        long began = System.nanoTime();
        try (var limited = Context.current().withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS,
                DEADLINES)) {
            T answer = limited.call(rpc);
            tell(name, Optional.empty(), began);
            return answer;
        } catch (Exception e) {
            MilvusException failure = e instanceof MilvusException told ? told : translate(name, e);
            tell(name, Optional.of(failure.kind()), began);
            throw failure;
        } finally {
            turns.release();
        }
    }

    private void requireOpen(String name) {
        if (closed) {
            throw replaced(name);
        }
    }

    /** A call that the end of the client cut off may have been carried out or not, as any that is repeated. */
    private MilvusException translate(String name, Exception failure) {
        return closed ? replaced(name) : MilvusErrors.translate(name, failure, settings.credentials());
    }

    private static MilvusException replaced(String name) {
        return new MilvusException(Kind.REPLACED, name + ": the connection was replaced a moment ago", null);
    }

    private void tell(String name, Optional<Kind> failure, long began) {
        observer.called(name.split(" ", 2)[0], failure, Duration.ofNanos(System.nanoTime() - began));
    }
}
