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
import dev.collectionalias.act.CollectionAlterations.Change;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Neighbour;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.SwitchMark;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.milvus.MilvusClient;
import dev.collectionalias.milvus.MilvusException;
import dev.collectionalias.milvus.MilvusGateway;
import dev.collectionalias.observe.ConnectionView;
import dev.collectionalias.observe.ConnectionView.Connection;
import dev.collectionalias.observe.MilvusProblems;
import dev.collectionalias.plan.AliasKey;
import dev.collectionalias.plan.Cause;
import dev.collectionalias.plan.Confirmation;
import dev.collectionalias.plan.Decision;
import dev.collectionalias.plan.Decision.DropMode;
import dev.collectionalias.plan.Outcome;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Sight;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.SwitchRemedy;

/** Does to Milvus what was decided, and looks whether it is done. */
public final class AliasActor {

    private static final String CURED_BY_AN_UPGRADE = "upgrade Milvus to 2.6.23 or newer";

    private record DatabaseKey(String endpoint, String database) {}

    private final ConnectionView connections;
    private final WritePermit permit;
    private final Clock clock;
    private final CollectionAlterations alterations;

    /**
     * A drop on an old server wipes what other aliases have stored, and so must not overlap with any other change of an
     * alias in its database. All else may.
     */
    private final Striped<ReadWriteLock> databases = Striped.lazyWeakReadWriteLock(Integer.MAX_VALUE);

    public AliasActor(ConnectionView connections, WritePermit permit, Clock clock) {
        this.connections = connections;
        this.permit = permit;
        this.clock = clock;
        this.alterations = new CollectionAlterations(clock);
    }

    public Outcome act(Subject subject, Sight sight, Decision decision) {
        return switch (decision) {
            case Decision.Create create when create.cause() == Cause.Created ->
                write(subject, sight, writer -> writer.create(create.target().name()));
            case Decision.Create create -> write(subject, sight, writer -> writer.restore(create.target().name()));
            case Decision.Switch change -> repeatable(subject, sight, writer -> writer.change(change.to().name()));
            case Decision.Confirm confirm -> repeatable(subject, sight, writer -> writer.confirm(confirm.at().name(),
                    subject.status().active().since(), confirm.mark()));
            case Decision.ConfirmPreview confirm -> repeatable(subject, sight, writer -> writer.of(confirm.at().alias())
                    .confirm(confirm.at().collection(), confirm.at().since(), confirm.mark()));
            case Decision.Unmark unmark -> repeatable(subject, sight, writer -> writer.unmark(unmark.mark()));
            case Decision.Drop drop ->
                repeatable(subject, sight, writer -> writer.drop(drop.mode(), drop.remembered()));
            case Decision.PointPreview preview ->
                write(subject, sight, writer -> writer.of(preview.alias()).bring(preview.from(), preview.to()));
            case Decision.DropPreview drop -> repeatable(subject, sight,
                    writer -> writer.of(drop.alias()).drop(drop.mode(), drop.remembered()));
            case Decision.Load load -> repeatable(subject, sight, writer -> writer.load(load.candidate().name()));
            case Decision.Release release ->
                repeatable(subject, sight, writer -> writer.release(release.retiring().collection()));
            case Decision.Hold ignored -> new Outcome.NoCall();
            case Decision.Settled ignored -> new Outcome.NoCall();
            case Decision.Suspend ignored -> new Outcome.NoCall();
            case Decision.Wait ignored -> new Outcome.NoCall();
            case Decision.Claim ignored -> new Outcome.NoCall();
            case Decision.Mark ignored -> new Outcome.NoCall();
            case Decision.Take take -> mayBeUnconfirmed(take)
                    ? write(subject, sight, Writer::found)
                    : new Outcome.NoCall();
            case Decision.Check ignored -> new Outcome.NoCall();
            case Decision.Watch ignored -> new Outcome.NoCall();
            case Decision.Verified ignored -> new Outcome.NoCall();
            case Decision.KeepUnverified ignored -> new Outcome.NoCall();
            case Decision.GoBack ignored -> new Outcome.NoCall();
            case Decision.StayThere ignored -> new Outcome.NoCall();
            case Decision.Abort ignored -> new Outcome.NoCall();
            case Decision.Retry ignored -> new Outcome.NoCall();
            case Decision.Refuse ignored -> new Outcome.NoCall();
            case Decision.CountRetiring ignored -> new Outcome.NoCall();
            case Decision.KeepLoaded ignored -> new Outcome.NoCall();
            case Decision.DeferRelease ignored -> new Outcome.NoCall();
            case Decision.ClaimPreview ignored -> new Outcome.NoCall();
            case Decision.ForgetPreview ignored -> new Outcome.NoCall();
            case Decision.Leave ignored -> new Outcome.NoCall();
        };
    }

    /** A switch that was not reported, or that another object has made a moment ago. */
    private static boolean mayBeUnconfirmed(Decision.Take take) {
        return take.cause() == Cause.HandedOver || take.isResumed() && take.cause() != Cause.Created;
    }

    /**
     * What does no harm when it is sent twice. A client that was replaced meanwhile may have carried it out already, and a
     * switch that nobody reported would look like somebody else's.
     */
    private Outcome repeatable(Subject subject, Sight sight, Function<Writer, Outcome> effect) {
        Outcome outcome = write(subject, sight, effect);
        return outcome instanceof Outcome.Interrupted ? write(subject, sight, effect) : outcome;
    }

    /** Only where it was looked: the connection may lead to another server since. */
    private Outcome write(Subject subject, Sight sight, Function<Writer, Outcome> effect) {
        if (!(connections.of(subject) instanceof Connection.Usable usable)
                || !sight.endpoint().equals(Optional.of(usable.client().endpoint().toString()))) {
            return new Outcome.Failed(connections.refusal(subject, subject.spec().alias())
                    .orElseGet(() -> new Problem(Reason.ConnectionFailed, "the connection was lost a moment ago")));
        }
        return effect.apply(new Writer(subject, usable.client()));
    }

    /** What was allowed when it was decided is not any more. */
    private static final class NotAllowedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Problem problem;

        NotAllowedException(Problem problem) {
            super(problem.message());
            this.problem = problem;
        }
    }

    private final class Writer {
        private final Subject subject;
        private final AliasKey key;
        private final MilvusClient client;
        private final MilvusGateway gateway;

        Writer(Subject subject, MilvusClient client) {
            this(subject, new AliasKey(client.endpoint().toString(), subject.spec().database(), subject.spec().alias()),
                    client,
                    subject.spec().timeout() == null
                            ? client.gateway()
                            : client.gateway(subject.spec().timeout().value()));
        }

        private Writer(Subject subject, AliasKey key, MilvusClient client, MilvusGateway gateway) {
            this.subject = subject;
            this.key = key;
            this.client = client;
            this.gateway = gateway;
        }

        /** For another alias of the same object. */
        Writer of(String alias) {
            return new Writer(subject, key.with(alias), client, gateway);
        }

        Outcome bring(Optional<String> from, String to) {
            if (from.equals(Optional.of(to))) {
                return found();
            }
            return from.isPresent() ? change(to) : create(to);
        }

        Outcome create(String collection) {
            return point(collection, false,
                    () -> gateway.createAlias(key.database(), key.alias(), collection));
        }

        /** Creates what searches went through before, maybe to somewhere else. */
        Outcome restore(String collection) {
            return moved(collection, () -> gateway.createAlias(key.database(), key.alias(), collection));
        }

        Outcome change(String collection) {
            return moved(collection, () -> alter(collection));
        }

        /** To be confirmed where the server's proxies may miss it, and sent twice where that helps; see {@code Confirmation}. */
        private Outcome moved(String collection, Runnable move) {
            Set<SwitchRemedy> remedies = client.remedies();
            return point(collection, !remedies.isEmpty(), () -> {
                move.run();
                if (remedies.contains(SwitchRemedy.SEND_AGAIN)) {
                    // Whoever leads since may have switched it elsewhere.
                    permit.require();
                    alter(collection);
                }
            });
        }

        /** What an interrupted pass changed was never reported, nor that it is to be confirmed. */
        Outcome found() {
            return new Outcome.Found(!client.remedies().isEmpty());
        }

        Outcome load(String collection) {
            return call(() -> gateway.load(key.database(), collection));
        }

        Outcome release(String collection) {
            return call(() -> gateway.release(key.database(), collection));
        }

        /** What changes no alias, and so needs no lock. */
        private Outcome call(Runnable change) {
            Instant begin = clock.instant();
            try {
                requirePrimary();
                permit.require();
                change.run();
                return new Outcome.Done(Duration.between(begin, clock.instant()), false);
            } catch (MilvusException e) {
                return failed(e, MilvusProblems.of(e));
            }
        }

        private static Outcome failed(MilvusException failure, Problem problem) {
            return failure.kind() == MilvusException.Kind.REPLACED
                    ? new Outcome.Interrupted()
                    : new Outcome.Failed(problem);
        }

        /** By what the server needs now: it may have been upgraded, or downgraded, since the switch. */
        Outcome confirm(String collection, Instant switched, Optional<SwitchMark> mark) {
            if (client.isSecondary()) {
                return new Outcome.Unconfirmed("the server is a replicated secondary by now, and changes nothing");
            }
            Set<SwitchRemedy> remedies = client.remedies();
            if (remedies.contains(SwitchRemedy.SEND_AGAIN)) {
                Outcome sent = point(collection, false, () -> alter(collection));
                if (!(sent instanceof Outcome.Done)) {
                    return sent;
                }
            }
            if (mark.isPresent()) {
                return set(mark.get(), switched);
            }
            return remedies.contains(SwitchRemedy.EXPIRE_CACHES)
                    ? new Outcome.Unconfirmed("cutover.confirmation is Never; " + CURED_BY_AN_UPGRADE)
                    : new Outcome.Done(Duration.ZERO, false);
        }

        /** An operator that was killed after it had set the property finds it there, which is as good. */
        private Outcome set(SwitchMark mark, Instant switched) {
            try {
                return alterations.inTurn(on(mark), last -> Confirmation.isSettled(switched, last), () -> {
                    if (isSet(mark)) {
                        return Change.NOT_NEEDED;
                    }
                    permit.require();
                    gateway.setProperty(key.database(), mark.collection(), mark.key(), mark.value());
                    return Change.MADE;
                });
            } catch (MilvusException e) {
                return switch (e.kind()) {
                    case PERMISSION_DENIED -> new Outcome.Unconfirmed(
                            e.getMessage() + "; grant CreateCollection, which Milvus asks for here, or "
                                    + CURED_BY_AN_UPGRADE);
                    case INVALID_REQUEST, UNSUPPORTED, NOT_PRIMARY ->
                        new Outcome.Unconfirmed(e.getMessage() + "; " + CURED_BY_AN_UPGRADE);
                    default -> failed(e, MilvusProblems.of(e));
                };
            }
        }

        /** Whatever else has become of the property, or of the collection, is somebody else's. */
        Outcome unmark(SwitchMark mark) {
            try {
                return alterations.inTurn(on(mark), last -> false, () -> {
                    if (!isSet(mark)) {
                        return Change.NOT_NEEDED;
                    }
                    permit.require();
                    gateway.dropProperty(key.database(), mark.collection(), mark.key());
                    return Change.MADE;
                });
            } catch (MilvusException e) {
                return e.kind() == MilvusException.Kind.DATABASE_NOT_FOUND
                        ? new Outcome.Done(Duration.ZERO, false)
                        : failed(e, MilvusProblems.of(e));
            }
        }

        private boolean isSet(SwitchMark mark) {
            return mark.value()
                    .equals(gateway.collectionProperties(key.database(), mark.collection()).get(mark.key()));
        }

        private CollectionAlterations.Collection on(SwitchMark mark) {
            return new CollectionAlterations.Collection(key.endpoint(), key.database(), mark.collection());
        }

        private void alter(String collection) {
            gateway.alterAlias(key.database(), key.alias(), collection);
        }

        /** Changes the alias, then asks where it points now: another writer may have been faster. */
        private Outcome point(String collection, boolean toConfirm, Runnable change) {
            Instant begin = clock.instant();
            try {
                requirePrimary();
                locked(shared(), () -> {
                    requirePermission();
                    change.run();
                    return null;
                });
                Duration took = Duration.between(begin, clock.instant());
                Optional<String> now = gateway.describeAlias(key.database(), key.alias());
                return now.filter(collection::equals).isPresent()
                        ? new Outcome.Done(took, toConfirm)
                        : new Outcome.Failed(new Problem(Reason.ServerError,
                                format("alias %s was pointed at %s, but %s a moment later: somebody else changes it too",
                                        key.alias(), collection,
                                        now.map(name -> "pointed at " + name).orElse("was gone"))));
            } catch (MilvusException e) {
                return failed(e, MilvusProblems.of(e));
            } catch (NotAllowedException e) {
                return new Outcome.Failed(e.problem);
            }
        }

        Outcome drop(DropMode mode, List<Neighbour> remembered) {
            Instant begin = clock.instant();
            try {
                return locked(client.dropDestroysNeighbours() ? alone() : shared(),
                        () -> dropAndMend(mode, remembered, begin));
            } catch (MilvusException e) {
                return failed(e, MilvusProblems.ofDrop(e));
            } catch (NotAllowedException e) {
                return new Outcome.Failed(e.problem);
            }
        }

        private Outcome dropAndMend(DropMode mode, List<Neighbour> remembered, Instant begin) {
            NeighbourKeeper keeper = new NeighbourKeeper(gateway, permit, key);
            if (mode != DropMode.MEND_ONLY) {
                List<Neighbour> needed = needed(mode, remembered,
                        client.dropDestroysNeighbours() ? keeper.find() : List.of());
                if (!needed.equals(remembered)) {
                    return new Outcome.NeighboursFound(needed);
                }
                // A server that does not let neighbours be stored again has to say so before one is harmed.
                remembered.stream().findFirst().ifPresent(keeper::storeAgain);
                requirePermission();
                gateway.dropAlias(key.database(), key.alias());
            }
            remembered.forEach(keeper::storeAgain);
            return new Outcome.Done(Duration.between(begin, clock.instant()), false);
        }

        /**
         * The neighbours to remember: those there are. A dangling alias can't be told from one that is dropped already, so
         * that those remembered before, which the server may have forgotten since, count as well.
         */
        private List<Neighbour> needed(DropMode mode, List<Neighbour> remembered, List<Neighbour> found) {
            if (mode == DropMode.DROP) {
                return found;
            }
            Set<String> names = found.stream().map(Neighbour::alias).collect(Collectors.toSet());
            return Stream
                    .concat(found.stream(),
                            remembered.stream().filter(before -> !names.contains(before.alias())))
                    .sorted(Comparator.comparing(Neighbour::alias)).toList();
        }

        /** A secondary is asked by its connection, not by each alias, whether it was promoted. */
        private void requirePrimary() {
            if (client.isSecondary()) {
                throw new MilvusException(MilvusException.Kind.NOT_PRIMARY,
                        "the server is a replicated secondary, and changes nothing until it is promoted", null);
            }
        }

        /** Asked for once the lock is had: who holds it may take minutes, and the connection be edited meanwhile. */
        private void requirePermission() {
            permit.require();
            connections.refusal(subject, key.alias()).ifPresent(problem -> {
                throw new NotAllowedException(problem);
            });
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
