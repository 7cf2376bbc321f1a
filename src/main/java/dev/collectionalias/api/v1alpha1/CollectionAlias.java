package dev.collectionalias.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A user's wish that a Milvus alias exists and points at a collection. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Kind("CollectionAlias")
@Plural("collectionaliases")
@Singular("collectionalias")
@ShortNames("calias")
@AdditionalPrinterColumn(name = "ALIAS", jsonPath = ".spec.alias", type = Type.STRING)
@AdditionalPrinterColumn(name = "DB", jsonPath = ".spec.database", type = Type.STRING)
@AdditionalPrinterColumn(name = "COLLECTION", jsonPath = ".spec.collection", type = Type.STRING)
@AdditionalPrinterColumn(name = "ACTIVE", jsonPath = ".status.active.collection", type = Type.STRING)
@AdditionalPrinterColumn(name = "READY", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status", type = Type.STRING)
@AdditionalPrinterColumn(name = "REASON", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason", type = Type.STRING)
@AdditionalPrinterColumn(name = "AGE", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@AdditionalPrinterColumn(name = "CONNECTION", jsonPath = ".spec.connectionRef.name", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "MESSAGE", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", type = Type.STRING, priority = 1)
@SuppressWarnings("BadImport") // the type of a column, in annotations only
public class CollectionAlias extends CustomResource<CollectionAliasSpec, CollectionAliasStatus> implements Namespaced {

    @Override
    protected CollectionAliasSpec initSpec() {
        return null; // a record is never empty: it comes whole from the API server or not at all
    }

    @Override
    protected CollectionAliasStatus initStatus() {
        return null;
    }
}
