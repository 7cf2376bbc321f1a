package dev.collectionalias.act;

import static java.lang.String.format;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Neighbour;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.SwitchMark;
import dev.collectionalias.api.v1alpha1.ConfirmationPolicy;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.milvus.MilvusClient;
import dev.collectionalias.milvus.MilvusException;
import dev.collectionalias.milvus.MilvusGateway;
import dev.collectionalias.observe.ConnectionView;
import dev.collectionalias.observe.MilvusProblems;
import dev.collectionalias.plan.AliasKey;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.seen.SwitchRemedy;
import dev.collectionalias.plan.step.Effect.DropMode;
import dev.collectionalias.plan.step.Outcome;

/** Changes one alias of one object, on one server. */
final class AliasWriter {

    /**
     * The parts that all writers of this process share.
     *
     * @param permit the gateway asks it for each change, when the call has its turn
     */
    record Shared(ConnectionView connections, WritePermit permit, Clock clock, DatabaseLocks locks,
            CollectionAlterations alterations) {}

    private static final Duration AFTER_A_CHANGE_OF_VERSION = Duration.ofSeconds(1);

    /** The connection allowed the call when a rule decided it, and does not any more. */
    private static final class NotAllowedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Problem problem;

        NotAllowedException(Problem problem) {
            super(problem.message());
            this.problem = problem;
        }
    }

    private final Subject subject;
    private final AliasKey key;
    private final MilvusClient client;
    private final MilvusGateway gateway;
    private final Shared shared;

    AliasWriter(Subject subject, MilvusClient client, Shared shared) {
        this(subject, new AliasKey(client.endpoint().toString(), subject.spec().database(), subject.spec().alias()),
                client,
                client.gateway(subject.spec().timeout() == null
                        ? client.settings().rpcTimeout()
                        : subject.spec().timeout().value(), shared.permit()::require),
                shared);
    }

    private AliasWriter(Subject subject, AliasKey key, MilvusClient client, MilvusGateway gateway, Shared shared) {
        this.subject = subject;
        this.key = key;
        this.client = client;
        this.gateway = gateway;
        this.shared = shared;
    }

    /** A writer for another alias of the same object. */
    AliasWriter of(String alias) {
        return new AliasWriter(subject, key.with(alias), client, gateway, shared);
    }

    Outcome bring(Optional<String> from, String to) {
        return from.isPresent() ? change(to) : create(to);
    }

    Outcome create(String collection) {
        return point(collection, false,
                () -> gateway.createAlias(key.database(), key.alias(), collection));
    }

    /** Creates an alias that searches went through before, maybe to another collection. */
    Outcome restore(String collection) {
        return moved(collection, () -> gateway.createAlias(key.database(), key.alias(), collection));
    }

    Outcome change(String collection) {
        return moved(collection, () -> alter(collection));
    }

    /**
     * Makes a move that has to be confirmed where the server's proxies may miss it. Sends it twice where that helps; see
     * {@code Confirmation}.
     */
    private Outcome moved(String collection, Runnable move) {
        Set<SwitchRemedy> remedies = client.remedies();
        return point(collection, !remedies.isEmpty(), () -> {
            move.run();
            if (remedies.contains(SwitchRemedy.SEND_AGAIN)) {
                alter(collection);
            }
        });
    }

    Outcome load(String collection, List<String> resourceGroups) {
        return call(() -> gateway.load(key.database(), collection, resourceGroups));
    }

    Outcome release(String collection) {
        return call(() -> gateway.release(key.database(), collection));
    }

    /** Makes a call that changes no alias, and so needs no lock. */
    private Outcome call(Runnable change) {
        Instant begin = shared.clock().instant();
        try {
            requirePrimary();
            change.run();
            return new Outcome.Done(Duration.between(begin, shared.clock().instant()), false);
        } catch (MilvusException e) {
            return failed(e, MilvusProblems.of(e));
        }
    }

    static Outcome failed(MilvusException failure, Problem problem) {
        return failure.kind() == MilvusException.Kind.REPLACED
                ? new Outcome.Interrupted()
                : new Outcome.Failed(problem);
    }

    /**
     * Goes by the needs of the server now: somebody may have upgraded or downgraded it since the switch.
     *
     * @param stale whether the collection before answers, also where the server is thought to need nothing
     */
    Outcome confirm(String collection, Instant switched, Optional<SwitchMark> mark, boolean stale) {
        if (client.isSecondary()) {
            return new Outcome.Unconfirmed("the server is a replicated secondary by now, and changes nothing");
        }
        Set<SwitchRemedy> remedies = client.remedies();
        if (remedies.contains(SwitchRemedy.SEND_AGAIN) || stale && remedies.isEmpty()) {
            Outcome sent = point(collection, false, () -> alter(collection));
            if (!(sent instanceof Outcome.Done)) {
                return sent;
            }
        }
        if (mark.isPresent()) {
            return properties().set(mark.get(), switched);
        }
        if (!remedies.contains(SwitchRemedy.EXPIRE_CACHES)) {
            return new Outcome.Done(Duration.ZERO, false);
        }
        return subject.spec().cutover().confirmation() == ConfirmationPolicy.Never
                ? new Outcome.Unconfirmed(
                        "cutover.confirmation is Never; " + CollectionPropertyWriter.CURED_BY_AN_UPGRADE)
                // The server needs a property since a version that it did not have at the last look.
                : new Outcome.NotYet(AFTER_A_CHANGE_OF_VERSION);
    }

    Outcome unmark(SwitchMark mark) {
        return properties().unmark(mark);
    }

    private CollectionPropertyWriter properties() {
        return new CollectionPropertyWriter(key, gateway, shared.alterations());
    }

    private void alter(String collection) {
        gateway.alterAlias(key.database(), key.alias(), collection);
    }

    /** Changes the alias, then asks where it points now: another writer may have been faster. */
    private Outcome point(String collection, boolean toConfirm, Runnable change) {
        Instant begin = shared.clock().instant();
        try {
            requirePrimary();
            shared.locks().shared(key, () -> {
                requirePermission();
                change.run();
                return null;
            });
            Duration took = Duration.between(begin, shared.clock().instant());
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

    Outcome drop(DropMode mode) {
        Instant begin = shared.clock().instant();
        try {
            Supplier<Outcome> drop = () -> dropAndMend(mode, subject.status().neighbours(), begin);
            return client.dropDestroysNeighbours() ? shared.locks().alone(key, drop) : shared.locks().shared(key, drop);
        } catch (MilvusException e) {
            return failed(e, MilvusProblems.ofDrop(e));
        } catch (NotAllowedException e) {
            return new Outcome.Failed(e.problem);
        }
    }

    private Outcome dropAndMend(DropMode mode, List<Neighbour> remembered, Instant begin) {
        NeighbourKeeper keeper = new NeighbourKeeper(gateway, key);
        if (mode != DropMode.MEND_ONLY) {
            List<Neighbour> needed = needed(mode, remembered,
                    client.dropDestroysNeighbours() ? keeper.find() : List.of());
            if (!needed.equals(remembered)) {
                return new Outcome.NeighboursFound(needed);
            }
            // A server that can't store neighbours again has to say so before the drop harms one.
            remembered.stream().findFirst().ifPresent(keeper::storeAgain);
            requirePermission();
            gateway.dropAlias(key.database(), key.alias());
        }
        remembered.forEach(keeper::storeAgain);
        return new Outcome.Done(Duration.between(begin, shared.clock().instant()), false);
    }

    /**
     * The neighbours to remember: the ones on the server. The operator can't tell a dangling alias from a dropped one. So
     * after a dangling alias, the remembered neighbours count as well: the server may have forgotten them since.
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

    /** The connection, not each alias, asks a secondary whether it was promoted. */
    private void requirePrimary() {
        if (client.isSecondary()) {
            throw new MilvusException(MilvusException.Kind.NOT_PRIMARY,
                    "the server is a replicated secondary, and changes nothing until it is promoted", null);
        }
    }

    /**
     * Asks once this writer has the lock. Another writer may hold the lock for minutes, and somebody may edit the
     * connection meanwhile.
     */
    private void requirePermission() {
        shared.connections().refusal(subject, key.alias()).ifPresent(problem -> {
            throw new NotAllowedException(problem);
        });
    }
}
