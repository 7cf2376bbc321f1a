package dev.collectionalias.milvus;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.milvus.net.Endpoint;
import dev.collectionalias.plan.ConnectionName;

/**
 * The live clients: one for each connection and version of its settings. Only the controller of connections connects. Everybody
 * else reads the outcome and never waits.
 */
public final class MilvusConnections implements AutoCloseable {

    /** What the operator knows of a connection. */
    public sealed interface State {}

    /**
     * The server let the operator in.
     *
     * @param secondary whether the server takes changes from its primary only
     */
    public record Connected(MilvusClient client, boolean secondary) implements State {

        Connected(MilvusClient client) {
            this(client, client.isSecondary());
        }
    }

    /**
     * The server did not let the operator in, or does not answer any more.
     *
     * @param loss whether the operator still has the means to connect
     */
    public record Failed(Reason reason, String message, Loss loss) implements State {

        public static Failed because(MilvusException failure) {
            return new Failed(failure.kind().reason(), failure.getMessage(), Loss.NONE);
        }
    }

    /** Whether the operator has lost the means to connect. */
    public enum Loss {
        /** Everything is there. */
        NONE,
        /** The Secret or the connection is gone or being deleted. Somebody may be about to replace it. */
        PERHAPS,
        /** The Secret is gone and the connection is being deleted. Nobody is about to replace either. */
        FOR_GOOD
    }

    private final Map<ConnectionName, State> states = new ConcurrentHashMap<>();
    private final Map<ConnectionName, Instant> goneSince = new ConcurrentHashMap<>();
    private final Map<Endpoint, SeenVersions> versions = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Function<ConnectionName, RpcObserver> observers;

    /** @param observers hear of the calls of each connection */
    public MilvusConnections(Clock clock, Function<ConnectionName, RpcObserver> observers) {
        this.clock = clock;
        this.observers = observers;
    }

    /** Empty until the first attempt is over. */
    public Optional<State> state(ConnectionName id) {
        return Optional.ofNullable(states.get(id));
    }

    /**
     * Connects. If there is a client with these settings already, asks it for a sign of life. Blocks for as long as connecting
     * may take. Calls for one connection must not overlap.
     */
    public State connect(ConnectionName id, ConnectionSettings settings) {
        return connect(id, settings, Failed::because);
    }

    /** @param explain turns a failure into the state that others read */
    public State connect(ConnectionName id, ConnectionSettings settings, Function<MilvusException, Failed> explain) {
        Optional<MilvusClient> before = client(id);
        State after = before.filter(client -> client.settings().equals(settings)).map(client -> ping(client, explain))
                .orElseGet(() -> open(id, settings, explain));
        put(id, after);
        return after;
    }

    /** Whether there is a client and its server answers now. */
    public boolean isAlive(ConnectionName id) {
        return client(id).map(client -> ping(client, Failed::because)).filter(Connected.class::isInstance)
                .isPresent();
    }

    /** Like {@link #fail}, for a connection that nobody will mend any more. It keeps a live client. */
    public void giveUp(ConnectionName id, Failed why) {
        if (client(id).isEmpty()) {
            put(id, why.loss() == Loss.NONE ? new Failed(why.reason(), why.message(), Loss.PERHAPS) : why);
        }
    }

    /** Since when the connection has no live client. The time begins with the first call of this method after the loss. */
    public Instant goneSince(ConnectionName id) {
        return goneSince.computeIfAbsent(id, unknown -> clock.instant());
    }

    /** Remembers why the operator can't connect, and closes the client if there is one. */
    public void fail(ConnectionName id, Failed why) {
        put(id, why);
    }

    public void remove(ConnectionName id) {
        client(id).ifPresent(MilvusConnections::closeAfterItsCalls);
        states.remove(id);
    }

    @Override
    public void close() {
        states.keySet().forEach(id -> client(id).ifPresent(MilvusClient::close));
        states.clear();
    }

    /** A server that is upgraded ends its connections, so the versions seen before outlive the client. */
    private State open(ConnectionName id, ConnectionSettings settings, Function<MilvusException, Failed> explain) {
        SeenVersions seen = versions.computeIfAbsent(settings.endpoint(), server -> new SeenVersions(System::nanoTime));
        try {
            return new Connected(MilvusClient.connect(settings, observers.apply(id), seen));
        } catch (MilvusException e) {
            return explain.apply(e);
        }
    }

    private static State ping(MilvusClient client, Function<MilvusException, Failed> explain) {
        try {
            client.ping();
            return new Connected(client);
        } catch (MilvusException e) {
            return explain.apply(e);
        }
    }

    private void put(ConnectionName id, State state) {
        Optional<MilvusClient> before = client(id);
        states.put(id, state);
        if (state instanceof Connected) {
            goneSince.remove(id);
        }
        before.filter(client -> !(state instanceof Connected now && now.client() == client))
                .ifPresent(MilvusConnections::closeAfterItsCalls);
    }

    private Optional<MilvusClient> client(ConnectionName id) {
        return states.get(id) instanceof Connected connected ? Optional.of(connected.client()) : Optional.empty();
    }

    private static void closeAfterItsCalls(MilvusClient client) {
        Thread.ofVirtual().name("close-" + client.endpoint()).start(client::close);
    }
}
