package dev.collectionalias.gitops.export;

import static java.lang.String.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.CollectionAliasSpec;
import dev.collectionalias.api.v1alpha1.ConnectionKind;
import dev.collectionalias.api.v1alpha1.ConnectionRef;
import dev.collectionalias.api.v1alpha1.DeletionPolicy;
import dev.collectionalias.cli.Failure;
import dev.collectionalias.gitops.server.AliasInventory;
import dev.collectionalias.gitops.server.AliasName;
import dev.collectionalias.plan.OneLine;
import dev.collectionalias.schema.Checked;
import dev.collectionalias.schema.Finding;
import dev.collectionalias.schema.KindSchema;
import dev.collectionalias.schema.KindSchemas;
import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * The manifests for the aliases of a server. They leave out defaults. Each names the collection that the alias points at, so
 * that the operator takes the alias over without a write.
 *
 * @param manifests in the order of databases and aliases
 * @param warnings  about aliases without a manifest, and about aliases that may be missing
 * @param managed   about aliases without a manifest because there is an object already
 */
record Export(List<ObjectNode> manifests, List<String> warnings, List<String> managed) {

    /** The common part of all manifests. */
    record Choices(String namespace, ConnectionRef connection, DeletionPolicy deletionPolicy) {}

    /** @throws Failure if no alias could have a manifest by these choices */
    static void require(Choices choices, KindSchemas schemas) {
        Checked sample = schema(schemas)
                .check(manifest("sample", new AliasName(CollectionAliasSpec.DEFAULT_DATABASE, "a"), "b", choices));
        if (!sample.isAccepted()) {
            throw new Failure(sample.findings().getFirst().toString());
        }
    }

    /** @param existing empty: the command does not know a cluster */
    static Export of(AliasInventory inventory, Choices choices, KindSchemas schemas,
            Optional<ExistingObjects> existing) {
        List<String> warnings = new ArrayList<>(inventory.doubts());
        inventory.dangling().forEach(alias -> warnings.add(
                format("alias %s is left out: the collection that it pointed at was dropped", alias)));
        List<String> managed = new ArrayList<>();
        KindSchema schema = schema(schemas);
        Map<AliasName, String> names = ObjectNames.of(inventory.targets().keySet(),
                existing.map(ExistingObjects::names).orElse(Set.of()));
        List<ObjectNode> manifests = new ArrayList<>();
        inventory.targets().forEach((alias, collection) -> {
            ObjectNode manifest = manifest(names.get(alias), alias, collection, choices);
            Optional<String> holder = existing.flatMap(objects -> objects.holder(alias));
            // A server may accept names that the CRD does not.
            Optional<String> refusal = schema.check(manifest).findings().stream().map(Finding::toString).findFirst()
                    .or(() -> existing.flatMap(objects -> objects.refusal(alias)));
            if (holder.isPresent()) {
                managed.add(format("alias %s is left out: %s", alias, holder.get()));
            } else if (refusal.isPresent()) {
                warnings.add(format("alias %s is left out: %s", alias, refusal.get()));
            } else {
                manifests.add(manifest);
            }
        });
        return new Export(List.copyOf(manifests), warnings.stream().map(OneLine::of).toList(), managed);
    }

    private static KindSchema schema(KindSchemas schemas) {
        return schemas.find(HasMetadata.getApiVersion(CollectionAlias.class),
                HasMetadata.getKind(CollectionAlias.class)).orElseThrow();
    }

    private static ObjectNode manifest(String name, AliasName alias, String collection, Choices choices) {
        ObjectNode manifest = JsonNodeFactory.instance.objectNode()
                .put("apiVersion", HasMetadata.getApiVersion(CollectionAlias.class))
                .put("kind", HasMetadata.getKind(CollectionAlias.class));
        metadata(manifest.putObject("metadata"), name, choices);
        spec(manifest.putObject("spec"), alias, collection, choices);
        return manifest;
    }

    private static void metadata(ObjectNode metadata, String name, Choices choices) {
        metadata.put("name", name);
        if (choices.namespace != null) {
            metadata.put("namespace", choices.namespace);
        }
    }

    private static void spec(ObjectNode spec, AliasName alias, String collection, Choices choices) {
        spec.put("alias", alias.alias()).put("collection", collection);
        if (!alias.database().equals(CollectionAliasSpec.DEFAULT_DATABASE)) {
            spec.put("database", alias.database());
        }
        if (!choices.connection.equals(new ConnectionRef(null, null))) {
            ObjectNode ref = spec.putObject("connectionRef");
            if (choices.connection.kind() != ConnectionKind.MilvusConnection) {
                ref.put("kind", choices.connection.kind().name());
            }
            ref.put("name", choices.connection.name());
        }
        if (choices.deletionPolicy != DeletionPolicy.Delete) {
            spec.put("deletionPolicy", choices.deletionPolicy.name());
        }
    }
}
