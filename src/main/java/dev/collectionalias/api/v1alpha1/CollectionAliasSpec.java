package dev.collectionalias.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * A user's wish.
 *
 * @see <a href="https://milvus.io/docs/manage-aliases.md">Manage aliases</a> for the rules on names, which are those of Milvus'
 *      {@code validateCollectionNameOrAlias}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = "self.collection != self.alias", message = "collection must not be equal to alias: an alias can't point at itself")
@ValidationRule(value = "!has(self.cutover) || !has(self.cutover.previewAlias) || self.cutover.previewAlias != self.alias", message = "cutover.previewAlias must not be equal to alias")
@ValidationRule(value = "!has(self.cutover) || !has(self.cutover.previewAlias) || self.cutover.previewAlias != self.collection", message = "cutover.previewAlias must not be equal to collection: it is an alias of its own")
@ValidationRule(value = "self.alias == oldSelf.alias", message = "alias is immutable: create another CollectionAlias for another alias")
@ValidationRule(value = "self.database == oldSelf.database", message = "database is immutable: create another CollectionAlias for another database")
@ValidationRule(value = "self.connectionRef == oldSelf.connectionRef", message = "connectionRef is immutable: create another CollectionAlias for another connection")
public record CollectionAliasSpec(
        @Required
        @Size(min = 1, max = 255)
        @ValidationRule(value = NAME_RULE, message = "alias "
                + NAME_MESSAGE)
        @JsonPropertyDescription("The alias in Milvus, which applications search. Immutable. "
                + "Letters, digits and underscores, not beginning with a digit, at most 255.") String alias,
        @Required
        @Size(min = 1, max = 255)
        @ValidationRule(value = NAME_RULE, message = "collection "
                + NAME_MESSAGE)
        @JsonPropertyDescription("The collection that the alias shall point at: its real name, not another alias. "
                + "Changing it switches the alias in one atomic step.") String collection,
        @Default(DEFAULT_DATABASE)
        @Size(min = 1, max = 255)
        @ValidationRule(value = NAME_RULE, message = "database "
                + NAME_MESSAGE)
        @JsonPropertyDescription("The Milvus database that holds alias and collection. Immutable.") String database,
        @Default("{\"kind\": \"MilvusConnection\", \"name\": \"default\"}")
        @JsonPropertyDescription("The connection to the Milvus that holds the alias. Immutable.") ConnectionRef connectionRef,
        @SchemaFrom(type = String.class)
        @Size(max = 30)
        @ValidationRule(value = KubernetesDuration.RULE
                + " && duration(self) >= duration('100ms') && duration(self) <= duration('10m')", message = "timeout must be a duration such as 500ms or 10s, from 100ms to 10m")
        @JsonPropertyDescription("How long one call to Milvus may take, from 100ms to 10m. Absent: the connection's timeouts.rpc.") KubernetesDuration timeout,
        @Default("IfMatching")
        @JsonPropertyDescription("What the operator does with an alias that exists already. IfMatching: take it over only if it points at collection. "
                + "Adopt: take it over wherever it points, then switch it.") AdoptionPolicy adoptionPolicy,
        @Default("Correct")
        @JsonPropertyDescription("What the operator does when somebody else moves the alias. Correct: point it back at the active collection, unless "
                + "that serves worse. Report: leave it and say so in the condition InSync.") DriftPolicy driftPolicy,
        @Default("Delete")
        @JsonPropertyDescription("What the operator does with the alias when you delete this object. Delete: drop it, unless the CRD is being deleted, "
                + "too. Retain: leave it. You may change it while the object is being deleted.") DeletionPolicy deletionPolicy,
        @Default("5m")
        @SchemaFrom(type = String.class)
        @Size(max = 30)
        @ValidationRule(value = KubernetesDuration.RULE
                + " && duration(self) >= duration('5s')", message = "refreshInterval must be a duration such as 30s or 1h30m, at least 5s")
        @JsonPropertyDescription("How often the operator compares the alias with Milvus, at least 5s.") KubernetesDuration refreshInterval,
        @Default("false")
        @JsonPropertyDescription("If true, the operator observes the alias but does not change it. It still handles the deletion of the object.") Boolean suspend,
        @Default("10")
        @Min(1)
        @Max(100)
        @JsonPropertyDescription("How many entries status.history keeps, from 1 to 100.") Integer revisionHistoryLimit,
        @JsonPropertyDescription("How the operator makes a switch to another collection safe.") Cutover cutover) {

    static final String NAME_RULE = "self.matches('^[A-Za-z_][A-Za-z0-9_]*$')";
    static final String NAME_MESSAGE = "must begin with a letter or an underscore and hold only letters, digits and underscores";
    public static final String DEFAULT_DATABASE = "default";

    public CollectionAliasSpec {
        database = database == null ? DEFAULT_DATABASE : database;
        connectionRef = connectionRef == null ? new ConnectionRef(null, null) : connectionRef;
        adoptionPolicy = adoptionPolicy == null ? AdoptionPolicy.IfMatching : adoptionPolicy;
        driftPolicy = driftPolicy == null ? DriftPolicy.Correct : driftPolicy;
        deletionPolicy = deletionPolicy == null ? DeletionPolicy.Delete : deletionPolicy;
        refreshInterval = refreshInterval == null ? KubernetesDuration.of("5m") : refreshInterval;
        suspend = suspend == null ? Boolean.FALSE : suspend;
        revisionHistoryLimit = revisionHistoryLimit == null ? Integer.valueOf(10) : revisionHistoryLimit;
        cutover = cutover == null ? Cutover.DEFAULT : cutover;
    }
}
