package dev.collectionalias.act;

import static java.lang.String.format;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.common.util.concurrent.Striped;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Neighbour;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.milvus.MilvusClient;
import dev.collectionalias.milvus.MilvusException;
import dev.collectionalias.milvus.MilvusGateway;
import dev.collectionalias.observe.ConnectionView;
import dev.collectionalias.observe.ConnectionView.Connection;
import dev.collectionalias.observe.MilvusProblems;
import dev.collectionalias.plan.AliasKey;
import dev.collectionalias.plan.Decision;
import dev.collectionalias.plan.Decision.DropMode;
import dev.collectionalias.plan.Outcome;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Sight;
import dev.collectionalias.plan.Subject;

/** Does to Milvus what was decided, and looks whether it is done. */
public final class AliasActor {

    private record DatabaseKey(String endpoint, String database) {}

    private final ConnectionView connections;
    private final WritePermit permit;
    private final Clock clock;

    /**
     * A drop on an old server wipes what other aliases have stored, and so must not overlap with any other change of an
     * alias in its database. All else may.
     */
    private final Striped<ReadWriteLock> databases = Striped.lazyWeakReadWriteLock(Integer.MAX_VALUE);

    public AliasActor(ConnectionView connections, WritePermit permit, Clock clock) {
        this.connections = connections;
        this.permit = permit;
        this.clock = clock;
    }

    public Outcome act(Subject subject, Sight sight, Decision decision) {
        return switch (decision) {
            case Decision.Create create -> write(subject, sight, writer -> writer.point(create.target().name(), false));
            case Decision.Switch change -> write(subject, sight, writer -> writer.point(change.to().name(), true));
            case Decision.Drop drop -> write(subject, sight, writer -> writer.drop(drop));
            case Decision.Hold ignored -> new Outcome.NoCall();
            case Decision.Settled ignored -> new Outcome.NoCall();
            case Decision.Suspend ignored -> new Outcome.NoCall();
            case Decision.Wait ignored -> new Outcome.NoCall();
            case Decision.Claim ignored -> new Outcome.NoCall();
            case Decision.Take ignored -> new Outcome.NoCall();
            case Decision.Leave ignored -> new Outcome.NoCall();
        };
    }

    /** Only where it was looked: the connection may lead to another server since. */
    private Outcome write(Subject subject, Sight sight, Function<Writer, Outcome> effect) {
        if (!(connections.of(subject) instanceof Connection.Usable usable)
                || !sight.endpoint().equals(Optional.of(usable.client().endpoint().toString()))) {
            return new Outcome.Failed(new Problem(Reason.ConnectionFailed, "the connection was lost a moment ago"));
        }
        return effect.apply(new Writer(subject, usable.client()));
    }

    private final class Writer {
        private final AliasKey key;
        private final MilvusClient client;
        private final MilvusGateway gateway;

        Writer(Subject subject, MilvusClient client) {
            this.key = new AliasKey(client.endpoint().toString(), subject.spec().database(), subject.spec().alias());
            this.client = client;
            this.gateway = subject.spec().timeout() == null
                    ? client.gateway()
                    : client.gateway(subject.spec().timeout().value());
        }

        /** Creates or alters the alias, then asks where it points now: another writer may have been faster. */
        Outcome point(String collection, boolean exists) {
            Instant begin = clock.instant();
            try {
                locked(shared(), () -> {
                    permit.require();
                    if (exists) {
                        gateway.alterAlias(key.database(), key.alias(), collection);
                    } else {
                        gateway.createAlias(key.database(), key.alias(), collection);
                    }
                    return null;
                });
                Duration took = Duration.between(begin, clock.instant());
                Optional<String> now = gateway.describeAlias(key.database(), key.alias());
                return now.filter(collection::equals).isPresent()
                        ? new Outcome.Done(took)
                        : new Outcome.Failed(new Problem(Reason.ServerError,
                                format("alias %s was pointed at %s, but %s a moment later: somebody else changes it too",
                                        key.alias(), collection,
                                        now.map(name -> "pointed at " + name).orElse("was gone"))));
            } catch (MilvusException e) {
                return new Outcome.Failed(MilvusProblems.of(e));
            }
        }

        Outcome drop(Decision.Drop drop) {
            Instant begin = clock.instant();
            try {
                return locked(client.dropDestroysNeighbours() ? alone() : shared(), () -> dropAndMend(drop, begin));
            } catch (MilvusException e) {
                return new Outcome.Failed(MilvusProblems.ofDrop(e));
            }
        }

        private Outcome dropAndMend(Decision.Drop drop, Instant begin) {
            NeighbourKeeper keeper = new NeighbourKeeper(gateway, permit, key);
            if (drop.mode() != DropMode.MEND_ONLY) {
                List<Neighbour> needed = needed(drop, client.dropDestroysNeighbours() ? keeper.find() : List.of());
                if (!needed.equals(drop.remembered())) {
                    return new Outcome.NeighboursFound(needed);
                }
                permit.require();
                gateway.dropAlias(key.database(), key.alias());
            }
            drop.remembered().forEach(keeper::storeAgain);
            return new Outcome.Done(Duration.between(begin, clock.instant()));
        }

        /**
         * The neighbours to remember: those there are. A dangling alias can't be told from one that is dropped already, so
         * that those remembered before, which the server may have forgotten since, count as well.
         */
        private List<Neighbour> needed(Decision.Drop drop, List<Neighbour> found) {
            if (drop.mode() == DropMode.DROP) {
                return found;
            }
            Set<String> names = found.stream().map(Neighbour::alias).collect(Collectors.toSet());
            return Stream
                    .concat(found.stream(),
                            drop.remembered().stream().filter(before -> !names.contains(before.alias())))
                    .sorted(Comparator.comparing(Neighbour::alias)).toList();
        }

        private Lock shared() {
            return databases.get(new DatabaseKey(key.endpoint(), key.database())).readLock();
        }

        private Lock alone() {
            return databases.get(new DatabaseKey(key.endpoint(), key.database())).writeLock();
        }

        private <T> T locked(Lock lock, Supplier<T> change) {
            lock.lock();
            try {
                return change.get();
            } finally {
                lock.unlock();
            }
        }
    }
}
