package dev.collectionalias.gitops.lint;

import static java.lang.String.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.collectionalias.api.v1alpha1.ConnectionKind;
import dev.collectionalias.gitops.manifests.Manifest;

/**
 * A manifest's claim to an alias, as its own or for a preview.
 *
 * @param server tells servers apart as far as manifests can
 */
public record AliasClaim(Manifest manifest, String server, String database, String alias) {

    /** The claims of a manifest if only its connection tells the server. */
    static Stream<AliasClaim> byConnection(Manifest manifest) {
        ObjectNode object = manifest.stored();
        String kind = object.at("/spec/connectionRef/kind").asText();
        String namespace = kind.equals(ConnectionKind.MilvusConnection.name()) ? manifest.namespace() : "";
        return of(manifest, String.join("/", kind, namespace, object.at("/spec/connectionRef/name").asText()));
    }

    /** The claims of a manifest if all manifests are for one server. */
    public static Stream<AliasClaim> onOneServer(Manifest manifest) {
        return of(manifest, "");
    }

    private static Stream<AliasClaim> of(Manifest manifest, String server) {
        String database = manifest.stored().at("/spec/database").asText();
        return Stream.of("/spec/alias", "/spec/cutover/previewAlias").map(path -> manifest.stored().at(path).asText())
                .filter(alias -> !alias.isEmpty())
                .map(alias -> new AliasClaim(manifest, server, database, alias));
    }

    /**
     * For each manifest, the sentences about other manifests that claim the same alias. Two manifests of one object are no
     * rivals.
     *
     * @param manifests valid ones only
     */
    public static Map<Manifest, List<String>> contested(List<Manifest> manifests,
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
