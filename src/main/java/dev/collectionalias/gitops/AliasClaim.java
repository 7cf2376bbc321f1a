package dev.collectionalias.gitops;

import static java.lang.String.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.collectionalias.api.v1alpha1.ConnectionKind;

/**
 * That a manifest names an alias, as its own or for a preview.
 *
 * @param server what tells servers apart, as far as manifests tell
 */
record AliasClaim(Manifest manifest, String server, String database, String alias) {

    /** What each manifest claims, where its connection is all that is known of the server. */
    static Stream<AliasClaim> byConnection(Manifest manifest) {
        ObjectNode object = manifest.stored();
        String kind = object.at("/spec/connectionRef/kind").asText();
        String namespace = kind.equals(ConnectionKind.MilvusConnection.name()) ? manifest.namespace() : "";
        return of(manifest, String.join("/", kind, namespace, object.at("/spec/connectionRef/name").asText()));
    }

    /** What each manifest claims, where all are for one server. */
    static Stream<AliasClaim> onOneServer(Manifest manifest) {
        return of(manifest, "");
    }

    private static Stream<AliasClaim> of(Manifest manifest, String server) {
        String database = manifest.stored().at("/spec/database").asText();
        return Stream.of("/spec/alias", "/spec/cutover/previewAlias").map(path -> manifest.stored().at(path).asText())
                .filter(alias -> !alias.isEmpty())
                .map(alias -> new AliasClaim(manifest, server, database, alias));
    }

    /**
     * The sentences that say who claims the same, by who has to hear them. Two manifests of one object are no rivals.
     *
     * @param manifests those that are valid
     */
    static Map<Manifest, List<String>> contested(List<Manifest> manifests,
            Function<Manifest, Stream<AliasClaim>> claimsOf) {
        Map<List<String>, List<AliasClaim>> byAlias = new LinkedHashMap<>();
        manifests.stream().filter(Manifest::isAlias).flatMap(claimsOf)
                .forEach(claim -> byAlias.computeIfAbsent(List.of(claim.server, claim.database, claim.alias),
                        key -> new ArrayList<>()).add(claim));
        Map<Manifest, List<String>> contested = new LinkedHashMap<>();
        for (List<AliasClaim> claims : byAlias.values()) {
            for (AliasClaim claim : claims) {
                claims.stream().filter(other -> !other.manifest.title().equals(claim.manifest.title()))
                        .forEach(other -> contested.computeIfAbsent(claim.manifest, key -> new ArrayList<>())
                                .add(format("alias %s of database %s is claimed by %s (%s), too", claim.alias,
                                        claim.database, other.manifest.title(), other.manifest.place())));
            }
        }
        return contested;
    }
}
