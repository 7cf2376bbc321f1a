package dev.collectionalias.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** The way to a Milvus server that several namespaces share, and the aliases that each of them may claim there. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Kind("ClusterMilvusConnection")
@Plural("clustermilvusconnections")
@Singular("clustermilvusconnection")
@ShortNames("cmconn")
@AdditionalPrinterColumn(name = "ENDPOINT", jsonPath = ".status.endpoint", type = Type.STRING)
@AdditionalPrinterColumn(name = "VERSION", jsonPath = ".status.serverVersion", type = Type.STRING)
@AdditionalPrinterColumn(name = "READY", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status", type = Type.STRING)
@AdditionalPrinterColumn(name = "REASON", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason", type = Type.STRING)
@AdditionalPrinterColumn(name = "AGE", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@AdditionalPrinterColumn(name = "MESSAGE", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", type = Type.STRING, priority = 1)
@SuppressWarnings("BadImport") // the type of a column, in annotations only
public class ClusterMilvusConnection extends ServerConnection<ClusterMilvusConnectionSpec> {}
