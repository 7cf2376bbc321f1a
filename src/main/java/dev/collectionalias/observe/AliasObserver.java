package dev.collectionalias.observe;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Active;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.CollectionIdentity;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.milvus.MilvusClient;
import dev.collectionalias.milvus.MilvusConnections;
import dev.collectionalias.milvus.MilvusException;
import dev.collectionalias.milvus.MilvusGateway;
import dev.collectionalias.observe.CollectionSweep.Listing;
import dev.collectionalias.observe.ConnectionView.Connection;
import dev.collectionalias.plan.AliasKey;
import dev.collectionalias.plan.Leaving;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.cutover.WayBack;
import dev.collectionalias.plan.seen.CollectionState;
import dev.collectionalias.plan.seen.Need;
import dev.collectionalias.plan.seen.Observation;
import dev.collectionalias.plan.seen.Seen;
import dev.collectionalias.plan.seen.Sight;
import dev.collectionalias.plan.seen.Standing;
import dev.collectionalias.plan.seen.SwitchRemedy;
import dev.collectionalias.plan.seen.Target;

/** Looks at everything that a decision about one object needs, and at nothing else. */
public final class AliasObserver {

    private final KindDirectory kinds;
    private final ConnectionView connections;
    private final ClaimBook claims;
    private final CollectionSweep sweep;
    private final CutoverObserver cutovers;
    private final PreviewObserver previews;
    private final RetirementObserver retirements;

    public AliasObserver(KindDirectory kinds, AliasDirectory aliases, ConnectionDirectory connections,
            MilvusConnections clients, CutoverObserver cutovers, Clock clock) {
        this.kinds = kinds;
        this.connections = new ConnectionView(connections, clients);
        this.claims = new ClaimBook(aliases, connections, clients);
        this.sweep = new CollectionSweep(clock);
        this.cutovers = cutovers;
        this.previews = new PreviewObserver(claims);
        this.retirements = new RetirementObserver(claims);
    }

    /** Looks at the things that every decision needs. */
    public Seen look(Subject subject) {
        if (subject.isDeleting() && Leaving.hasNothingToDo(subject)) {
            return new Seen(new Sight.Unneeded());
        }
        if (subject.isDeleting() && kinds.isLeaving(CollectionAlias.class)) {
            return new Seen(leaving(subject));
        }
        return switch (connections.of(subject)) {
            case Connection.Unusable unusable ->
                new Seen(takenOver(subject).orElseGet(() -> orLost(subject, unusable.sight())));
            case Connection.Usable usable -> look(subject, usable.client());
        };
    }

    /**
     * Answers a rule's question.
     *
     * @param before where Milvus or another object was seen
     * @return the same with the answer; another sight if Milvus does not answer as it should, or if the connection leads
     *         elsewhere now
     */
    public Seen answer(Subject subject, Seen before, Need<?> need) {
        return switch (connections.of(subject)) {
            case Connection.Unusable unusable -> new Seen(orLost(subject, unusable.sight()));
            case Connection.Usable usable when !before.sight().endpoint()
                    .equals(Optional.of(usable.client().endpoint().toString())) ->
                new Seen(new Sight.Connecting());
            case Connection.Usable usable -> {
                AliasKey key = key(subject, usable.client());
                yield reading(key, () -> answer(subject, before, need, key, gateway(subject, usable.client())));
            }
        };
    }

    private Seen answer(Subject subject, Seen before, Need<?> need, AliasKey key, MilvusGateway gateway) {
        return switch (need) {
            case Need.Gates gates -> before.with(gates, cutovers.observe(subject, key, gateway, gates));
            case Need.ReplicasOf asked ->
                before.with(asked, gateway.replicas(key.database(), asked.collection()));
            case Need.Preview preview ->
                before.with(preview, previews.observe(subject, key.with(preview.alias()), gateway));
            case Need.Retirement retirement ->
                before.with(retirement, retirements.observe(subject, key, gateway, retirement.collection()));
            case Need.Proof proof -> before.with(proof,
                    gateway.proveSwitch(key.database(), key.alias(), proof.active(), proof.before()));
            case Need.Collection collection ->
                before.with(collection, gateway.collectionId(key.database(), collection.name())
                        .map(id -> new CollectionState(collection.name(), id,
                                gateway.isLoaded(key.database(), collection.name()))));
        };
    }

    private static Seen reading(AliasKey key, Supplier<Seen> look) {
        try {
            return look.get();
        } catch (MilvusException e) {
            // The connection controller has replaced the client, and wakes its users.
            return new Seen(e.kind() == MilvusException.Kind.REPLACED
                    ? new Sight.Connecting()
                    : new Sight.Unclear(key, MilvusProblems.of(e)));
        }
    }

    private static MilvusGateway gateway(Subject subject, MilvusClient client) {
        return subject.spec().timeout() == null
                ? client.gateway()
                : client.gateway(subject.spec().timeout().value());
    }

    private Sight leaving(Subject subject) {
        if (!Leaving.isDropBegun(subject)) {
            return new Sight.KindLeaving(Optional.empty());
        }
        return switch (connections.of(subject)) {
            case Connection.Unusable unusable -> unusable.sight();
            case Connection.Usable usable -> new Sight.KindLeaving(Optional.of(key(subject, usable.client())));
        };
    }

    private static AliasKey key(Subject subject, MilvusClient client) {
        return new AliasKey(client.endpoint().toString(), subject.spec().database(), subject.spec().alias());
    }

    /** An object may leave its alias to another object that has taken it over, without a server to ask. */
    private Optional<Sight> takenOver(Subject subject) {
        CollectionAliasStatus status = subject.status();
        if (!subject.isDeleting() || status.endpoint() == null || !status.neighbours().isEmpty()
                || status.preview() != null) {
            return Optional.empty();
        }
        AliasKey key = new AliasKey(status.endpoint(), subject.spec().database(), subject.spec().alias());
        return claims.standing(subject, key) instanceof Standing.Behind behind && behind.owner()
                ? Optional.of(new Sight.Elsewhere(key, behind))
                : Optional.empty();
    }

    /** Another object may have taken over an alias that this one may not have any more. */
    private Sight orLost(Subject subject, Sight sight) {
        String endpoint = subject.status().endpoint();
        if (!(sight instanceof Sight.NotAllowed not) || endpoint == null || !subject.owns(endpoint)) {
            return sight;
        }
        AliasKey key = new AliasKey(endpoint, subject.spec().database(), subject.spec().alias());
        return new Sight.NotAllowed(not.problem(), claims.holderBeside(subject, key).map(holder -> endpoint));
    }

    private Seen look(Subject subject, MilvusClient client) {
        AliasKey key = key(subject, client);
        Standing standing = claims.standing(subject, key);
        return standing instanceof Standing.Behind behind
                ? new Seen(new Sight.Elsewhere(key, behind))
                : reading(key, () -> clear(subject, key, standing, client));
    }

    private Seen clear(Subject subject, AliasKey key, Standing standing, MilvusClient client) {
        MilvusGateway gateway = gateway(subject, client);
        List<ObjectName> pendingDrops = claims.pendingDrops(subject, key);
        Function<Observation, Sight> clear = seen -> new Sight.Clear(key, standing, seen, pendingDrops);
        if (subject.isDeleting()) {
            return new Seen(clear.apply(leaving(subject, key, gateway, client.remedies())));
        }
        return settled(subject, key, gateway, client.remedies(), clear)
                .orElseGet(() -> inFull(subject, key, gateway, client.remedies(), clear));
    }

    /** The cheap look at an alias that was in place, and of which nobody has asked anything since. */
    private Optional<Seen> settled(Subject subject, AliasKey key, MilvusGateway gateway, Set<SwitchRemedy> remedies,
            Function<Observation, Sight> clear) {
        if (!wasSettled(subject, key)) {
            return Optional.empty();
        }
        Active active = subject.status().active();
        Listing listing = sweep.list(gateway, key.database(), active.collection(),
                subject.spec().refreshInterval().value());
        if (!listing.aliases().contains(key.alias())) {
            return Optional.empty();
        }
        CollectionState collection = new CollectionState(active.collection(), active.id(), listing.loaded());
        Seen seen = new Seen(clear.apply(new Observation(Optional.of(collection), new Target.Found(collection),
                Optional.of(collection), remedies)));
        return Optional.of(previews.settled(subject, key, listing.aliases())
                .map(preview -> seen.with(new Need.Preview(preview.alias()), preview)).orElse(seen));
    }

    private static boolean wasSettled(Subject subject, AliasKey key) {
        Active active = subject.status().active();
        return subject.owns(key.endpoint()) && active != null && active.collection().equals(subject.spec().collection())
                && Long.valueOf(subject.generation()).equals(subject.status().observedGeneration())
                && !subject.hasPendingRequest()
                && subject.status().conditions().stream()
                        .anyMatch(condition -> condition.type().equals(ConditionType.Ready.name())
                                && condition.status() == ConditionStatus.True);
    }

    private Observation leaving(Subject subject, AliasKey key, MilvusGateway gateway, Set<SwitchRemedy> remedies) {
        try (Questions questions = new Questions()) {
            var pointsAt = questions.ask(() -> gateway.describeAlias(key.database(), key.alias()));
            Collections collections = new Collections(questions, key.database(), gateway);
            active(subject, key).ifPresent(collections::ask);
            Optional<CollectionState> mapping = pointsAt.get().map(collections::behindAlias);
            return new Observation(mapping, new Target.Missing(), active(subject, key, mapping, collections), remedies);
        }
    }

    /** Asks everything at once that is known beforehand to take a call. */
    private Seen inFull(Subject subject, AliasKey key, MilvusGateway gateway, Set<SwitchRemedy> remedies,
            Function<Observation, Sight> clear) {
        String wanted = subject.spec().collection();
        Optional<String> wayBack = wayBack(subject, key);
        try (Questions questions = new Questions()) {
            var pointsAt = questions.ask(() -> gateway.describeAlias(key.database(), key.alias()));
            var behind = questions.ask(() -> gateway.describeAlias(key.database(), wanted));
            Collections collections = new Collections(questions, key.database(), gateway);
            collections.ask(wanted);
            active(subject, key).ifPresent(collections::ask);
            wayBack.ifPresent(collections::ask);
            Target target = collections.find(wanted).map(found -> target(found, behind.get()))
                    .orElseGet(Target.Missing::new);
            Optional<CollectionState> mapping = pointsAt.get().map(collections::behindAlias);
            Seen seen = new Seen(clear.apply(
                    new Observation(mapping, target, active(subject, key, mapping, collections), remedies)));
            return wayBack.map(name -> seen.with(new Need.Collection(name), collections.find(name))).orElse(seen);
        }
    }

    /** The collection that the alias pointed at when last seen there. */
    private static Optional<String> active(Subject subject, AliasKey key) {
        return subject.owns(key.endpoint())
                ? Optional.ofNullable(subject.status().active()).map(Active::collection)
                : Optional.empty();
    }

    private static Optional<CollectionState> active(Subject subject, AliasKey key, Optional<CollectionState> mapping,
            Collections collections) {
        return active(subject, key)
                .flatMap(name -> mapping.filter(state -> state.name().equals(name)).or(() -> collections.find(name)));
    }

    private static Optional<String> wayBack(Subject subject, AliasKey key) {
        return subject.owns(key.endpoint())
                ? WayBack.of(subject).map(CollectionIdentity::collection)
                : Optional.empty();
    }

    private static Target target(CollectionState found, Optional<String> collectionBehind) {
        return collectionBehind.<Target>map(Target.AnAlias::new).orElseGet(() -> new Target.Found(found));
    }

    /** The collections that a server tells of in one look. The operator asks about each once. */
    private record Collections(Questions questions, String database, MilvusGateway gateway,
            Map<String, Supplier<Optional<CollectionState>>> asked) {

        Collections(Questions questions, String database, MilvusGateway gateway) {
            this(questions, database, gateway, new HashMap<>());
        }

        /** Does not wait for the answer. */
        Supplier<Optional<CollectionState>> ask(String name) {
            return asked.computeIfAbsent(name, missing -> {
                var id = questions.ask(() -> gateway.collectionId(database, name));
                var loaded = questions.ask(() -> gateway.isLoaded(database, name));
                return () -> id.get().map(found -> new CollectionState(name, found, loaded.get()));
            });
        }

        Optional<CollectionState> find(String name) {
            return ask(name).get();
        }

        /** The name is the server's own, whether or not it knows more of it. */
        CollectionState behindAlias(String name) {
            return find(name).orElseGet(
                    () -> new CollectionState(name, CollectionState.NO_ID, gateway.isLoaded(database, name)));
        }
    }
}
