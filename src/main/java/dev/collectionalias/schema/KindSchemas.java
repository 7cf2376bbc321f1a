package dev.collectionalias.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;

/** The schemas of the operator's kinds, read from the CRDs in the jar. */
public final class KindSchemas {

    private static final List<String> PLURALS = List.of("collectionaliases", "milvusconnections",
            "clustermilvusconnections");

    private final List<KindSchema> kinds;

    private KindSchemas(List<KindSchema> kinds) {
        this.kinds = kinds;
    }

    /** The schemas of this version of the operator. */
    public static KindSchemas ofThisVersion() {
        Rules rules = new Rules();
        return new KindSchemas(PLURALS.stream().map(KindSchemas::read)
                .flatMap(
                        crd -> crd.getSpec().getVersions().stream().map(version -> new KindSchema(crd, version, rules)))
                .toList());
    }

    private static CustomResourceDefinition read(String plural) {
        String file = "/crds/" + plural + ".collectionalias.dev.yaml";
        try (InputStream in = KindSchemas.class.getResourceAsStream(file)) {
            return Serialization.unmarshal(in, CustomResourceDefinition.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty if the operator does not have this kind, or not in this version. */
    public Optional<KindSchema> find(String apiVersion, String kind) {
        return kinds.stream().filter(schema -> schema.apiVersion().equals(apiVersion) && schema.kind().equals(kind))
                .findFirst();
    }

    /** Whether objects of this group belong to the operator, in whatever version. */
    public boolean hasGroup(String group) {
        return kinds.stream().anyMatch(schema -> schema.apiVersion().startsWith(group + "/"));
    }

    /** All kinds, each in each of its versions. */
    public List<KindSchema> all() {
        return kinds;
    }
}
