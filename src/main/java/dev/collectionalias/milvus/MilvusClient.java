package dev.collectionalias.milvus;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.collectionalias.milvus.MilvusException.Kind;
import dev.collectionalias.milvus.net.Deadlines;
import dev.collectionalias.milvus.net.Endpoint;
import dev.collectionalias.milvus.net.Reachability;
import dev.collectionalias.milvus.net.UnreachableException;
import dev.collectionalias.plan.seen.SwitchRemedy;
import io.milvus.shaded.io.grpc.Context;
import io.milvus.v2.service.utility.request.DropAliasReq;

/**
 * One authenticated connection to one server, on top of the Milvus SDK. Every call has its own deadline. The SDK's retries are
 * off, because the rules decide about a retry from all that they have seen.
 */
public final class MilvusClient implements AutoCloseable {

    /** With more calls at once a server only gets slower, so further calls wait their turn. */
    private static final int MOST_CALLS_AT_ONCE = 64;

    /** Each proof of a switch has one more connection at a time. */
    private static final int MOST_PROOFS_AT_ONCE = 2;

    /** No alias can have this name. */
    private static final String NO_ALIAS = "collectionalias.dev/probe";

    private final SdkSession session;
    private final ConnectionSettings settings;
    private final RpcObserver observer;
    private final SeenVersions versions;
    private final Semaphore turns = new Semaphore(MOST_CALLS_AT_ONCE, true);
    private final Semaphore proofs = new Semaphore(MOST_PROOFS_AT_ONCE);
    private volatile String serverVersion;
    /** The database of the last change that a replicated secondary refused; null: the server takes changes. */
    private volatile String refusedIn;
    private volatile boolean closed;

    private MilvusClient(ConnectionSettings settings, RpcObserver observer, SeenVersions versions, SdkSession session) {
        this.settings = settings;
        this.observer = observer;
        this.versions = versions;
        this.session = session;
    }

    /**
     * Connects and authenticates. Blocks for at most a few times {@link ConnectionSettings#connectTimeout()}: each look at the
     * address may take that long, and so may the SDK.
     *
     * @throws MilvusException if no Milvus lets the operator in; its kind and its sentence say why
     */
    public static MilvusClient connect(ConnectionSettings settings, RpcObserver observer) {
        return connect(settings, observer, new SeenVersions(System::nanoTime));
    }

    /** @param versions that earlier connections have seen of the same server */
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

    /** Adds a note to a failure if the uri names no port, because the operator may have assumed the wrong one. */
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

    /** Whether a drop makes the server forget other aliases. True also if the server's version is not clear. */
    public boolean dropDestroysNeighbours() {
        return versions.dropDestroysNeighbours();
    }

    /**
     * What the operator has to do before all searches follow a switch. Contains every remedy if the version is not clear, or
     * changed within the last ten minutes.
     */
    public Set<SwitchRemedy> remedies() {
        return versions.remedies();
    }

    /** Whether all versions that the server has told lately are known and behave alike. */
    public boolean isVersionClear() {
        return versions.areClear();
    }

    /**
     * Whether the server has told this client that it is a replicated secondary, which takes changes from its primary only.
     */
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
     * Asks the server for its version, which an upgrade changes. Asks a secondary also whether somebody has promoted it. Both
     * calls have the deadline for connecting.
     */
    public void ping() {
        // At a closed port, the SDK would wait for its deadline. An open connection needs no name server.
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
     * Drops an alias that can't exist. A server checks whether it may change anything before it looks for the alias. Success
     * changes nothing, since there is no such alias. Any other answer than the known refusal counts as a promotion: the next
     * change finds out what it means.
     */
    private void probePromotion(String database) {
        try {
            call("dropAlias", database, settings.connectTimeout(), sdk -> {
                sdk.dropAlias(DropAliasReq.builder().databaseName(database).alias(NO_ALIAS).build());
                return null;
            });
            refusedIn = null;
        } catch (MilvusException e) {
            refusedIn = switch (e.kind()) {
                case NOT_PRIMARY -> database;
                case UNAVAILABLE, RATE_LIMITED, REPLACED -> throw e;
                default -> null;
            };
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

    /** Waits for calls in flight, for at most the time that one call may take, then closes. */
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
     * @param name     the method and its subject, in the words that users read if the call fails
     * @param database the database that the call is about; empty for the default one
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

    /** Makes the call over a connection of its own, for which a load balancer may choose another proxy. */
    <T> T callAfresh(String name, String database, Duration deadline, Function<Sdk, T> rpc) {
        return call(name, database, deadline, shared -> {
            try (SdkSession own = SdkSession.open(settings)) {
                return rpc.apply(own.sdk());
            }
        });
    }

    /** Runs the proof of a switch; empty if there are too many at once. */
    <T> Optional<T> unlessBusy(Supplier<T> proof) {
        if (!proofs.tryAcquire()) {
            return Optional.empty();
        }
        try {
            return Optional.of(proof.get());
        } finally {
            proofs.release();
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

    /** If closing the client cuts a call off, nobody knows whether the server has carried it out. */
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
