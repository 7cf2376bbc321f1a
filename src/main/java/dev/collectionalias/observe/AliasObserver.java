package dev.collectionalias.observe;

import java.time.Clock;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Active;
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

    private final ConnectionView connections;
    private final ClaimBook claims;
    private final CollectionSweep sweep;
    private final CutoverObserver cutovers;
    private final PreviewObserver previews;
    private final RetirementObserver retirements;

    public AliasObserver(AliasDirectory aliases, ConnectionDirectory connections, MilvusConnections clients,
            CutoverObserver cutovers, Clock clock) {
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
        return switch (connections.of(subject)) {
            case Connection.Unusable unusable -> takenOver(subject).orElseGet(() -> orLost(subject, unusable.sight()));
            case Connection.Usable usable -> observe(subject, usable.client());
        };
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
        AliasKey key = new AliasKey(client.endpoint().toString(), subject.spec().database(), subject.spec().alias());
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
                    : new Sight.Clear(key, standing, observe(subject, key, gateway),
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
            Optional<CollectionState> mapping = gateway.describeAlias(key.database(), key.alias())
                    .map(name -> existing(gateway, key, name));
            Target notAsked = new Target.Missing();
            return new Observation(mapping, notAsked, active(subject, key, gateway, mapping, notAsked),
                    Optional.empty(), Optional.empty())
                    .with(previews.observe(subject, key, gateway), Optional.empty());
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
        Listing listing = sweep.list(gateway, key.database(), active.collection());
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

    private Observation inFull(Subject subject, AliasKey key, MilvusGateway gateway) {
        String wanted = subject.spec().collection();
        try (Questions questions = new Questions()) {
            var pointsAt = questions.ask(() -> gateway.describeAlias(key.database(), key.alias()));
            var id = questions.ask(() -> gateway.collectionId(key.database(), wanted));
            var behind = questions.ask(() -> gateway.describeAlias(key.database(), wanted));
            var loaded = questions.ask(() -> gateway.isLoaded(key.database(), wanted));
            Target target = id.get().map(found -> target(wanted, found, behind.get(), loaded.get()))
                    .orElseGet(Target.Missing::new);
            Optional<CollectionState> mapping = pointsAt.get().map(name -> isNamed(target, name)
                    ? ((Target.Found) target).collection()
                    : existing(gateway, key, name));
            Optional<CollectionState> active = active(subject, key, gateway, mapping, target);
            Optional<CollectionState> back = back(subject, key, gateway);
            return new Observation(mapping, target, active, back,
                    facts(subject, key, gateway, new Observation(mapping, target, active, back, Optional.empty())));
        }
    }

    private static Optional<CollectionState> back(Subject subject, AliasKey key, MilvusGateway gateway) {
        return subject.owns(key.endpoint())
                ? WayBack.of(subject).flatMap(way -> gateway.collectionId(key.database(), way.collection())
                        .map(id -> new CollectionState(way.collection(), id,
                                gateway.isLoaded(key.database(), way.collection()))))
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

    private static Target target(String name, String id, Optional<String> collectionBehind, boolean loaded) {
        return collectionBehind.<Target>map(Target.AnAlias::new)
                .orElseGet(() -> new Target.Found(new CollectionState(name, id, loaded)));
    }

    private static Optional<CollectionState> active(Subject subject, AliasKey key, MilvusGateway gateway,
            Optional<CollectionState> mapping, Target target) {
        Active active = subject.status().active();
        if (active == null || !subject.owns(key.endpoint())) {
            return Optional.empty();
        }
        if (mapping.filter(collection -> collection.name().equals(active.collection())).isPresent()) {
            return mapping;
        }
        if (isNamed(target, active.collection())) {
            return Optional.of(((Target.Found) target).collection());
        }
        return gateway.collectionId(key.database(), active.collection()).map(id -> new CollectionState(
                active.collection(), id, gateway.isLoaded(key.database(), active.collection())));
    }

    private static CollectionState existing(MilvusGateway gateway, AliasKey key, String name) {
        String id = gateway.collectionId(key.database(), name).orElse("0");
        return new CollectionState(name, id, gateway.isLoaded(key.database(), name));
    }

    private static boolean isNamed(Target target, String name) {
        return target instanceof Target.Found found && found.collection().name().equals(name);
    }
}
