package dev.collectionalias.support;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.milvus.shaded.io.grpc.Server;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;

/**
 * A double of a Milvus server, over real gRPC: it answers as a Milvus of its version does, in microseconds, and can be
 * told to fail. {@link MilvusGatewayContract} holds it against real ones.
 */
public final class InProcessMilvus implements MilvusServer {

    /** A server of which nothing is known to lag or to lose. */
    private static final String NEWEST = "v3.0.0";

    private final int port = FreePorts.next();
    private final MilvusState state;
    private final AliasMentions mentions = new AliasMentions();
    private final Faults faults = new Faults();
    private final Accounts accounts = new Accounts();
    private final ReplicationRole role = new ReplicationRole();
    private final CallJournal journal = new CallJournal();
    private final OpenConnections connections = new OpenConnections();
    private final InProcessMilvusService service;
    private volatile String version;
    private RotatingTls tls;
    private ExecutorService threads;
    private Server server;

    /** @param version as the server says it; what it does follows from it */
    public InProcessMilvus(String version) {
        this.version = version;
        ServerProfile profile = ServerProfile.of(version);
        state = new MilvusState(profile);
        service = new InProcessMilvusService(() -> this.version, profile, state, mentions,
                new CallDesk(profile, accounts, role, faults, journal));
    }

    public InProcessMilvus() {
        this(NEWEST);
    }

    /** What it holds, to be read and changed without a call. */
    public MilvusState state() {
        return state;
    }

    /** What its proxy remembers of collections and their shards. */
    public ProxyCache proxy() {
        return state.proxy();
    }

    public AliasMentions mentions() {
        return mentions;
    }

    public Faults faults() {
        return faults;
    }

    public Accounts accounts() {
        return accounts;
    }

    public CallJournal journal() {
        return journal;
    }

    /**
     * Says from now on that it is another version, as behind a Service while its pods are replaced one by one; it goes on
     * behaving as the one that it began as.
     */
    public void setVersion(String newVersion) {
        version = newVersion;
    }

    /** Is from now on a replica of another cluster: it refuses to change anything that a client asks it to. */
    public void becomeSecondary() {
        role.set(true);
    }

    /** Is a primary from now on, as every server is at first. */
    public void promote() {
        role.set(false);
    }

    /** Speaks TLS from its start on; once it runs, new connections find these certificates. */
    public InProcessMilvus with(ServerTls wanted) {
        if (tls == null) {
            tls = new RotatingTls(wanted);
        } else {
            tls.rotate(wanted);
        }
        return this;
    }

    /** The connections that are open, by the names in the clients' certificates; empty for a client without one. */
    public List<String> openConnections() {
        return connections.clients();
    }

    /** How many connections there have been. */
    public int connectionsMade() {
        return connections.made();
    }

    @Override
    public String name() {
        return "in-process Milvus " + version;
    }

    @Override
    public String uri() {
        return (tls == null ? "http" : "https") + "://127.0.0.1:" + port;
    }

    @Override
    public String token() {
        return accounts.rootToken();
    }

    /** Starts with what is on its disk, which on old versions can be less than what it knew before. */
    @Override
    public void start() {
        state.reload();
        acceptConnections();
    }

    @Override
    public void kill() {
        refuseConnections();
    }

    /** Cuts every connection and refuses new ones, as a network that is gone; the server itself goes on. */
    public void refuseConnections() {
        if (server == null) {
            return;
        }
        server.shutdownNow();
        threads.shutdownNow();
        try {
            if (!server.awaitTermination(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException(name() + " did not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server = null;
        // A selector lets go of the socket a moment after its server says that it has ended.
        await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(1)).until(() -> FreePorts.isFree(port));
    }

    /** Listens again, on the same port. */
    public void acceptConnections() {
        threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            NettyServerBuilder builder = NettyServerBuilder
                    .forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    .executor(threads).addTransportFilter(connections).intercept(accounts).intercept(new CallDatabase())
                    .addService(service);
            if (tls != null) {
                builder.sslContext(tls.context());
            }
            server = builder.build().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        faults.clear();
        proxy().releaseAll();
        refuseConnections();
    }
}
