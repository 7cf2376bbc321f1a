package dev.collectionalias.observe;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Preview;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.api.v1alpha1.ServerConnection;
import dev.collectionalias.milvus.MilvusConnections;
import dev.collectionalias.milvus.MilvusConnections.Connected;
import dev.collectionalias.milvus.MilvusConnections.Failed;
import dev.collectionalias.milvus.net.Endpoint;
import dev.collectionalias.plan.AliasKey;
import dev.collectionalias.plan.Allowance;
import dev.collectionalias.plan.Claim;
import dev.collectionalias.plan.ConnectionName;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.seen.Standing;

/** Knows which objects claim one alias of one server. */
final class ClaimBook {

    private static final Set<String> SHUT_OUT = Set.of(Reason.PermissionDenied.name(),
            Reason.AuthenticationFailed.name(), Reason.SecretInvalid.name());

    /** The server will be back, or the way to it. */
    private static final Set<Reason> OUT_OF_REACH = EnumSet.of(Reason.ConnectionFailed, Reason.MilvusNotReady,
            Reason.ProxyFailed);

    private final AliasDirectory aliases;
    private final ConnectionDirectory connections;
    private final MilvusConnections clients;
    private final ServerAddresses addresses;

    ClaimBook(AliasDirectory aliases, ConnectionDirectory connections, MilvusConnections clients) {
        this.aliases = aliases;
        this.connections = connections;
        this.clients = clients;
        this.addresses = new ServerAddresses(connections, clients);
    }

    Standing standing(Subject subject, AliasKey key) {
        List<Claim> others = rivals(subject, key, aliases.naming(key.database(), key.alias()))
                .map(other -> claim(other, key, isAuthenticated(other, key))).toList();
        return Standing.of(claim(subject, key, true), others);
    }

    /**
     * The other object with the better claim to this name for a preview alias. First comes the object whose alias it is,
     * then the object that manages it, then the older of those that want it. An object that can't get in, or does not
     * hold its own alias, claims nothing.
     */
    Optional<ObjectName> previewClaimant(Subject subject, AliasKey preview) {
        Optional<ObjectName> main = rivals(subject, preview, aliases.naming(preview.database(), preview.alias()))
                .filter(other -> !other.isDeleting()).filter(other -> isAuthenticated(other, preview))
                .map(Subject::name).findFirst();
        return main.or(() -> rivals(subject, preview, aliases.previewing(preview.database(), preview.alias()))
                .filter(other -> other.owns(preview.endpoint()))
                .filter(other -> previewClaim(other, preview).isBefore(previewClaim(subject, preview)))
                .map(Subject::name).findFirst());
    }

    /** Another object that holds the alias, whatever this object's status says. */
    Optional<ObjectName> holderBeside(Subject subject, AliasKey key) {
        return rivals(subject, key, aliases.naming(key.database(), key.alias())).filter(other -> !other.isDeleting())
                .filter(other -> other.owns(key.endpoint())).map(Subject::name).findFirst();
    }

    /** Whether the object's connection lets it have this alias of its database. */
    boolean mayHave(Subject subject, String alias) {
        return connection(subject)
                .map(found -> new Allowance(ConnectionName.of(subject), found.getSpec()).covers(subject, alias))
                .orElse(true);
    }

    /** A claim that its connection does not allow does not count, not even an owner's. */
    private Stream<Subject> rivals(Subject subject, AliasKey key, List<Subject> candidates) {
        return candidates.stream().filter(other -> !other.name().equals(subject.name()))
                .filter(other -> isOn(other, key)).filter(other -> mayHave(other, key.alias()));
    }

    private static PreviewClaim previewClaim(Subject subject, AliasKey preview) {
        Preview held = subject.status().preview();
        boolean holds = held != null && held.alias().equals(preview.alias())
                && preview.endpoint().equals(subject.status().endpoint());
        return new PreviewClaim(holds, subject.createdAt(), subject.name());
    }

    private record PreviewClaim(boolean holds, Instant createdAt, ObjectName name) {
        boolean isBefore(PreviewClaim other) {
            return Comparator.comparing(PreviewClaim::holds).reversed().thenComparing(PreviewClaim::createdAt)
                    .thenComparing(PreviewClaim::name).compare(this, other) < 0;
        }
    }

    /** The objects that have begun a drop and still have to store this alias again. */
    List<ObjectName> pendingDrops(Subject subject, AliasKey key) {
        return aliases.remembering(key.database(), key.alias()).stream()
                .filter(other -> key.endpoint().equals(other.status().endpoint())).map(Subject::name)
                .filter(name -> !name.equals(subject.name())).toList();
    }

    /** The other objects that need this collection of the server. */
    List<ObjectName> users(Subject subject, AliasKey key, String collection) {
        return aliases.needing(key.database(), collection).stream()
                .filter(other -> !other.name().equals(subject.name())).filter(other -> isOn(other, key))
                .map(Subject::name).toList();
    }

    private static Claim claim(Subject subject, AliasKey key, boolean counted) {
        return new Claim(subject.name(), subject.createdAt(), subject.owns(key.endpoint()), subject.isDeleting(),
                counted);
    }

    /** An owner whose connection is gone still holds the alias where it was. */
    private boolean isOn(Subject other, AliasKey key) {
        return other.owns(key.endpoint()) || endpoint(other).filter(key.endpoint()::equals).isPresent();
    }

    /** A password that let an object in once may not do so now. An object that can't get in takes nothing over. */
    private boolean isAuthenticated(Subject other, AliasKey key) {
        if (isShutOut(other)) {
            return false;
        }
        return switch (clients.state(ConnectionName.of(other)).orElse(null)) {
            case Connected ignored -> true;
            case Failed failed -> OUT_OF_REACH.contains(failed.reason()) && wasAuthenticated(other, key);
            case null -> wasAuthenticated(other, key);
        };
    }

    private static boolean isShutOut(Subject other) {
        return other.status().conditions().stream()
                .anyMatch(condition -> condition.type().equals(ConditionType.Stalled.name())
                        && SHUT_OUT.contains(condition.reason()));
    }

    private boolean wasAuthenticated(Subject other, AliasKey key) {
        return connection(other).map(ServerConnection::getStatus)
                .filter(status -> key.endpoint().equals(status.endpoint())).isPresent();
    }

    private Optional<String> endpoint(Subject other) {
        return addresses.of(ConnectionName.of(other)).map(Endpoint::toString);
    }

    private Optional<ServerConnection<?>> connection(Subject subject) {
        return connections.find(ConnectionName.of(subject));
    }
}
