package dev.collectionalias.observe;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
import dev.collectionalias.plan.CollectionState;
import dev.collectionalias.plan.DeletionPlanner;
import dev.collectionalias.plan.Observation;
import dev.collectionalias.plan.Sight;
import dev.collectionalias.plan.Standing;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.Target;
import dev.collectionalias.plan.cutover.CutoverPlanner;
import dev.collectionalias.plan.cutover.GateFacts;
import dev.collectionalias.plan.cutover.WayBack;

/** Looks at everything that a decision about one object needs, and at no more than that. */
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
        this.retirements = new RetirementObserver(claims, clock);
    }

    public Sight observe(Subject subject) {
        if (subject.isDeleting() && DeletionPlanner.leavesMilvusAlone(subject)) {
            return new Sight.Unneeded();
        }
        if (subject.isDeleting() && kinds.isLeaving(CollectionAlias.class)) {
            return leaving(subject);
        }
        return switch (connections.of(subject)) {
            case Connection.Unusable unusable -> takenOver(subject).orElseGet(() -> orLost(subject, unusable.sight()));
            case Connection.Usable usable -> observe(subject, usable.client());
        };
    }

    private Sight leaving(Subject subject) {
        if (!DeletionPlanner.isBegun(subject)) {
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

    /** An alias that another object has taken over already can be left to it without a server to ask. */
    private Optional<Sight> takenOver(Subject subject) {
        CollectionAliasStatus status = subject.status();
        if (!subject.isDeleting() || status.endpoint() == null || !status.neighbours().isEmpty()
                || status.preview() != null) {
            return Optional.empty();
        }
        AliasKey key = new AliasKey(status.endpoint(), subject.spec().database(), subject.spec().alias());
        return claims.standing(subject, key) instanceof Standing.Behind behind && behind.owner()
                ? Optional.of(new Sight.Elsewhere(key, behind, Optional.empty()))
                : Optional.empty();
    }

    /** What one object may not have any more, another may have taken over. */
    private Sight orLost(Subject subject, Sight sight) {
        String endpoint = subject.status().endpoint();
        if (!(sight instanceof Sight.NotAllowed not) || endpoint == null || !subject.owns(endpoint)) {
            return sight;
        }
        AliasKey key = new AliasKey(endpoint, subject.spec().database(), subject.spec().alias());
        return new Sight.NotAllowed(not.problem(), claims.holderBeside(subject, key).map(holder -> endpoint));
    }

    private Sight observe(Subject subject, MilvusClient client) {
        AliasKey key = key(subject, client);
        Standing standing = claims.standing(subject, key);
        boolean behind = standing instanceof Standing.Behind;
        if (behind && (!subject.isDeleting() || subject.status().preview() == null)) {
            return new Sight.Elsewhere(key, (Standing.Behind) standing, Optional.empty());
        }
        MilvusGateway gateway = subject.spec().timeout() == null
                ? client.gateway()
                : client.gateway(subject.spec().timeout().value());
        try {
            return standing instanceof Standing.Behind other
                    ? new Sight.Elsewhere(key, other, previews.observe(subject, key, gateway))
                    : new Sight.Clear(key, standing, observe(subject, key, gateway).with(client.remedies()),
                            claims.pendingDrops(subject, key));
        } catch (MilvusException e) {
            // Whoever replaced the connection wakes those who use it.
            return e.kind() == MilvusException.Kind.REPLACED
                    ? new Sight.Connecting()
                    : new Sight.Unclear(key, MilvusProblems.of(e));
        }
    }

    private Observation observe(Subject subject, AliasKey key, MilvusGateway gateway) {
        if (subject.isDeleting()) {
            return leaving(subject, key, gateway).with(previews.observe(subject, key, gateway), Optional.empty());
        }
        Observation seen = settled(subject, key, gateway).orElseGet(() -> inFull(subject, key, gateway));
        return seen.with(seen.preview().or(() -> previews.observe(subject, key, gateway)),
                retirements.observe(subject, key, gateway));
    }

    /** The cheap look at an alias that nothing has been asked of since it was last in place. */
    private Optional<Observation> settled(Subject subject, AliasKey key, MilvusGateway gateway) {
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
        return Optional.of(
                new Observation(Optional.of(collection), new Target.Found(collection), Optional.of(collection),
                        Optional.empty(), Optional.empty())
                        .with(previews.settled(subject, key, listing.aliases()), Optional.empty()));
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

    private Observation leaving(Subject subject, AliasKey key, MilvusGateway gateway) {
        try (Questions questions = new Questions()) {
            var pointsAt = questions.ask(() -> gateway.describeAlias(key.database(), key.alias()));
            Collections collections = new Collections(questions, key.database(), gateway);
            active(subject, key).ifPresent(collections::ask);
            Optional<CollectionState> mapping = pointsAt.get().map(collections::behindAlias);
            return new Observation(mapping, new Target.Missing(), active(subject, key, mapping, collections),
                    Optional.empty(), Optional.empty());
        }
    }

    /** All that takes a call is asked at once, where it is known beforehand. */
    private Observation inFull(Subject subject, AliasKey key, MilvusGateway gateway) {
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
            Optional<CollectionState> active = active(subject, key, mapping, collections);
            Optional<CollectionState> back = wayBack.flatMap(collections::find);
            return new Observation(mapping, target, active, back,
                    facts(subject, key, gateway, new Observation(mapping, target, active, back, Optional.empty())));
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

    /** Gates cost many calls; they are asked about only where something hangs on it. */
    private Optional<GateFacts> facts(Subject subject, AliasKey key, MilvusGateway gateway, Observation seen) {
        if (seen.target() instanceof Target.Found target
                && CutoverPlanner.asksBefore(subject, key.endpoint(), seen.mapping())) {
            return Optional.of(cutovers.observe(subject, key, gateway, target.collection(), seen.mapping(), false));
        }
        return seen.mapping().filter(mapping -> CutoverPlanner.asksAfter(subject, mapping))
                .map(mapping -> cutovers.observe(subject, key, gateway, mapping, seen.back(), true));
    }

    private static Target target(CollectionState found, Optional<String> collectionBehind) {
        return collectionBehind.<Target>map(Target.AnAlias::new).orElseGet(() -> new Target.Found(found));
    }

    /** What a server says of collections in one look; each is asked about once. */
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
