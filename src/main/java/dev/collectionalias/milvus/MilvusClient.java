package dev.collectionalias.milvus;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import dev.collectionalias.milvus.MilvusException.Kind;
import dev.collectionalias.milvus.net.Deadlines;
import dev.collectionalias.milvus.net.Endpoint;
import dev.collectionalias.milvus.net.Reachability;
import dev.collectionalias.milvus.net.UnreachableException;
import dev.collectionalias.plan.seen.SwitchRemedy;
import io.milvus.shaded.io.grpc.Context;
import io.milvus.v2.service.utility.request.DropAliasReq;

/**
 * One authenticated connection to one server, on top of the Milvus SDK. Every call carries its own deadline; the SDK's
 * retries are off, because a retry is decided where the whole situation is known.
 */
public final class MilvusClient implements AutoCloseable {

    /** Beyond this many calls at once a server only gets slower; the others wait their turn. */
    private static final int MOST_CALLS_AT_ONCE = 64;

    /** No alias may have this name. */
    private static final String NO_ALIAS = "collectionalias.dev/probe";

    private final SdkSession session;
    private final ConnectionSettings settings;
    private final RpcObserver observer;
    private final SeenVersions versions;
    private final Semaphore turns = new Semaphore(MOST_CALLS_AT_ONCE, true);
    private volatile String serverVersion;
    /** The database of the last change that a replicated secondary refused; null where changes are taken. */
    private volatile String refusedIn;
    private volatile boolean closed;

    private MilvusClient(ConnectionSettings settings, RpcObserver observer, SeenVersions versions, SdkSession session) {
        this.settings = settings;
        this.observer = observer;
        this.versions = versions;
        this.session = session;
    }

    /**
     * Connects and authenticates. Blocks for a few times {@link ConnectionSettings#connectTimeout()} at most: each of the looks at
     * the address, and the SDK, have it for themselves.
     *
     * @throws MilvusException if there is no Milvus that lets us in, told apart by its kind and in a sentence
     */
    public static MilvusClient connect(ConnectionSettings settings, RpcObserver observer) {
        return connect(settings, observer, new SeenVersions(System::nanoTime));
    }

    /** @param versions of the same server, which earlier connections may have seen */
    static MilvusClient connect(ConnectionSettings settings, RpcObserver observer, SeenVersions versions) {
        look(settings, () -> Reachability.check(settings.address(), settings.tls(), settings.proxy(),
                settings.connectTimeout()));
        SdkSession session;
        try {
            session = SdkSession.open(settings);
        } catch (RuntimeException e) {
            MilvusException failure = MilvusErrors.translate("connect", e, settings.credentials());
            if (failure.kind() == Kind.UNSUPPORTED) {
                throw new MilvusException(Kind.NOT_A_MILVUS,
                        settings.endpoint() + ": this is a gRPC server, but not a Milvus", failure);
            }
            throw failure;
        }
        try {
            MilvusClient client = new MilvusClient(settings, observer, versions, session);
            client.askVersion();
            return client;
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** Where the uri leaves the port open, it may be the wrong one. */
    private static void look(ConnectionSettings settings, Runnable how) {
        try {
            how.run();
        } catch (UnreachableException e) {
            MilvusException failure = MilvusException.of(e);
            throw AssumedPort.note(settings).filter(note -> failure.kind() != Kind.PROXY)
                    .map(note -> new MilvusException(failure.kind(), failure.getMessage() + "; " + note, failure))
                    .orElse(failure);
        }
    }

    private void askVersion() {
        String told = call("getServerVersion", "", settings.connectTimeout(), Sdk::getServerVersion);
        ServerVersion version = ServerVersion.parse(told);
        serverVersion = MilvusErrors.tidy(told, settings.credentials());
        versions.saw(version);
        if (!version.isSupported()) {
            throw new MilvusException(Kind.UNSUPPORTED, "Milvus " + serverVersion + " is too old: "
                    + ServerVersion.OLDEST_SUPPORTED + " is the first version that can describe aliases", null);
        }
    }

    /** Whether the server forgets other aliases when one is dropped; one whose version is not clear is not trusted. */
    public boolean dropDestroysNeighbours() {
        return versions.dropDestroysNeighbours();
    }

    /**
     * What a switch needs before all searches follow it. All that there is, where the version is not clear, or was another one
     * within the last ten minutes.
     */
    public Set<SwitchRemedy> remedies() {
        return versions.remedies();
    }

    /** Whether the server has told one version lately, of which it is known what it does. */
    public boolean isVersionClear() {
        return versions.areClear();
    }

    /** Whether the server is a replicated secondary, as far as this client was told: it takes changes from its primary only. */
    public boolean isSecondary() {
        return refusedIn != null;
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

    /**
     * Asks for a sign of life, with the deadline for connecting: for the version, which an upgrade changes, and a secondary
     * whether it was promoted.
     */
    public void ping() {
        // The SDK would wait for its deadline where the port is closed. A connection that stands needs no name server.
        if (!session.isConnected() || settings.proxy().isPresent()) {
            look(settings,
                    () -> Reachability.checkPort(settings.address(), settings.proxy(), settings.connectTimeout()));
        }
        askVersion();
        String database = refusedIn;
        if (database != null) {
            probePromotion(database);
        }
    }

    /**
     * Drops an alias that can't exist. A server looks whether it may change anything before it looks for the alias, and success
     * without one changes nothing. Any answer but the known one ends the quiet: the next change finds out what it means.
     */
    private void probePromotion(String database) {
        try {
            call("dropAlias", database, settings.connectTimeout(), sdk -> {
                sdk.dropAlias(DropAliasReq.builder().databaseName(database).alias(NO_ALIAS).build());
                return null;
            });
            refusedIn = null;
        } catch (MilvusException e) {
            switch (e.kind()) {
                case NOT_PRIMARY -> refusedIn = database;
                case UNAVAILABLE, RATE_LIMITED, REPLACED -> throw e;
                default -> refusedIn = null;
            }
        }
    }

    /** The gateway with the connection's own deadline for each call. */
    public MilvusGateway gateway() {
        return gateway(settings.rpcTimeout());
    }

    /** The same connection with another deadline for each call. */
    public MilvusGateway gateway(Duration rpcTimeout) {
        return gateway(rpcTimeout, ServerCalls.PERMITTED);
    }

    /**
     * The same for a process that may lose the right to change anything.
     *
     * @param permit throws where a change must not be sent; asked for each change, once the call does not wait for others any more
     */
    public MilvusGateway gateway(Duration rpcTimeout, Runnable permit) {
        return new SdkGateway(new ServerCalls(this, rpcTimeout, permit));
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
        session.close();
    }

    /**
     * @param name     the method, and what it is about, as users read it where the call fails
     * @param database the one that the call is about; empty for the default one
     */
    <T> T call(String name, String database, Duration deadline, Function<Sdk, T> rpc) {
        return call(name, database, deadline, ServerCalls.PERMITTED, rpc);
    }

    /** @param permit asked once the call has its turn, which may be as much as the deadline later */
    <T> T call(String name, String database, Duration deadline, Runnable permit, Function<Sdk, T> rpc) {
        awaitTurn(name, deadline);
        try {
            permit.run();
            return send(name, database, deadline, rpc);
        } finally {
            turns.release();
        }
    }

    private void awaitTurn(String name, Duration deadline) {
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
    }

    private <T> T send(String name, String database, Duration deadline, Function<Sdk, T> rpc) {
        long began = System.nanoTime();
        try (var limited = Context.current().withValue(DatabaseHeader.DATABASE, database)
                .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS, Deadlines.SHARED)) {
            T answer = limited.call(() -> rpc.apply(session.sdk()));
            tell(name, Optional.empty(), began);
            return answer;
        } catch (Exception e) {
            MilvusException failure = e instanceof MilvusException told ? told : translate(name, database, e);
            tell(name, Optional.of(failure.kind()), began);
            if (failure.kind() == Kind.NOT_PRIMARY) {
                refusedIn = database;
            }
            throw failure;
        }
    }

    private void requireOpen(String name) {
        if (closed) {
            throw replaced(name);
        }
    }

    /** A call that the end of the client cut off may have been carried out or not, as any that is repeated. */
    private MilvusException translate(String name, String database, Exception failure) {
        return closed
                ? replaced(name)
                : MilvusErrors.inDatabase(database, MilvusErrors.translate(name, failure, settings.credentials()));
    }

    private static MilvusException replaced(String name) {
        return new MilvusException(Kind.REPLACED, name + ": the connection was replaced a moment ago", null);
    }

    private void tell(String name, Optional<Kind> failure, long began) {
        observer.called(name.split(" ", 2)[0], failure, Duration.ofNanos(System.nanoTime() - began));
    }
}
