package dev.collectionalias.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The settings that make a switch from one collection to another safe. The old collection serves until the switch. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Cutover(
        @JsonPropertyDescription("Who decides about the switch to a candidate that passed its gates.") Promotion promotion,
        @JsonPropertyDescription("What has to hold before the switch. The operator asks all gates and shows them in status.candidate.gates.") Gates gates,
        @JsonPropertyDescription("Watches the collection after the switch. Absent: the switch is the end of the cutover.") Verify verify,
        @Default("30m")
        @SchemaFrom(type = String.class)
        @Size(max = 30)
        @ValidationRule(value = KubernetesDuration.RULE
                + " && duration(self) >= duration('1s')", message = "progressDeadline must be a duration such as 30m or 2h, at least 1s")
        @JsonPropertyDescription("How long the operator waits for gates, at least 1s. Then the cutover is Stalled, and the old collection serves. The "
                + "operator goes on when the gates pass, the spec changes or somebody asks for a retry. Time in which it waits for an "
                + "approval does not count.") KubernetesDuration progressDeadline,
        @Size(max = 255)
        @ValidationRule(value = "self == '' || " + CollectionAliasSpec.NAME_RULE, message = "previewAlias "
                + CollectionAliasSpec.NAME_MESSAGE)
        @JsonPropertyDescription("Another alias, for a look at the candidate before the switch. It points at the candidate while there is one, else at "
                + "the active collection. This object manages it, and it goes with the object. Not equal to alias.") String previewAlias,
        @JsonPropertyDescription("Releases the previous collection from memory some time after a cutover. Absent: it stays loaded.") Retirement retirement,
        @Default("Auto")
        @JsonPropertyDescription("For Milvus 2.6.6 to 2.6.22 only, whose proxies may go on searching the collection before a switch. Auto: two seconds "
                + "after a switch, the operator ends that by a property collectionalias.dev/switch of the new collection. It takes the "
                + "property off a minute later. It needs the privilege CreateCollection. Never: the operator does not touch the "
                + "collection, the condition Confirmed is False, and retirement releases nothing.") ConfirmationPolicy confirmation,
        @Default("Never")
        @JsonPropertyDescription("Whether the operator proves a switch. Auto: once the switch is over, the operator asks three times through the alias, "
                + "each over a connection of its own, for a row that tells the new collection from the old one. It shows the answers in "
                + "status.active.proof, and Ready does not wait for them. If the old collection answers, the operator confirms the switch "
                + "again. This costs about a dozen short calls for each switch, and needs the privilege Query. Never: the operator asks "
                + "nothing.") ProofPolicy proof) {

    /** The settings of a spec that says nothing about them. */
    public static final Cutover DEFAULT = new Cutover(null, null, null, null, null, null, null, null);

    public Cutover {
        promotion = promotion == null ? new Promotion(null, null) : promotion;
        gates = gates == null ? new Gates(null, null, null, null, null, null, null) : gates;
        progressDeadline = progressDeadline == null ? KubernetesDuration.of("30m") : progressDeadline;
        previewAlias = previewAlias == null ? "" : previewAlias;
        confirmation = confirmation == null ? ConfirmationPolicy.Auto : confirmation;
        proof = proof == null ? ProofPolicy.Never : proof;
    }

    /** The way to approve a candidate. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Promotion(
            @Default("Automatic")
            @JsonPropertyDescription("Automatic: the gates decide alone. Manual: somebody has to approve too, by the annotation collectionalias.dev/promote "
                    + "or by approvedCollection.") PromotionMode mode,
            @Size(max = 255)
            @ValidationRule(value = "self == '' || " + CollectionAliasSpec.NAME_RULE, message = "approvedCollection "
                    + CollectionAliasSpec.NAME_MESSAGE)
            @JsonPropertyDescription("Approves the collection of this name, from Git. It approves no other collection.") String approvedCollection) {

        public Promotion {
            mode = mode == null ? PromotionMode.Automatic : mode;
            approvedCollection = approvedCollection == null ? "" : approvedCollection;
        }
    }

    /** The gates that a candidate has to pass before a switch. The candidate has to exist in any case. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Gates(
            @Default("IfServing")
            @JsonPropertyDescription("Whether the candidate has to be loaded. IfServing: if the active collection is loaded. Always: for a new alias too. "
                    + "Never: the operator does not check.") LoadedPolicy loaded,
            @Default("false")
            @JsonPropertyDescription("Whether the operator loads the candidate if it has to be loaded and is not. Loading needs an index. The candidate "
                    + "gets the replicas and resource groups of the active collection.") Boolean autoLoad,
            @Default("Compatible")
            @JsonPropertyDescription("Compatible: the candidate has every field of the active collection, with the same type, dimension, primary key, "
                    + "nullability and metric. Identical: the same, no other fields, and the same functions and analyzers. Ignore: the "
                    + "operator does not compare.") SchemaPolicy schema,
            @JsonPropertyDescription("How many rows the candidate needs. Absent: any number.") Rows rows,
            @JsonPropertyDescription("Searches the active collection's own vectors in the candidate. Absent: the operator does not search.") Search search,
            @JsonPropertyDescription("Asks a service of yours. Absent: the operator asks nobody.") Webhook webhook,
            @Default("Ignore")
            @JsonPropertyDescription("AtLeastActive: the candidate needs as many replicas in memory as the active collection. Ignore: the operator does "
                    + "not compare them.") ReplicasPolicy replicas) {

        public Gates {
            loaded = loaded == null ? LoadedPolicy.IfServing : loaded;
            autoLoad = autoLoad == null ? Boolean.FALSE : autoLoad;
            schema = schema == null ? SchemaPolicy.Compatible : schema;
            replicas = replicas == null ? ReplicasPolicy.Ignore : replicas;
        }
    }

    /** How many rows the candidate needs. */
    @ValidationRule(value = "has(self.min) || has(self.percentOfActive)", message = "rows needs min or percentOfActive")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Rows(
            @Min(1)
            @JsonPropertyDescription("The fewest rows. Holds for a new alias too.") Long min,
            @Min(1)
            @Max(100)
            @JsonPropertyDescription("The fewest rows in percent of the active collection's, from 1 to 100.") Integer percentOfActive) {}

    /** A trial search. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Search(
            @Default("20")
            @Min(1)
            @Max(100)
            @JsonPropertyDescription("How many vectors the operator takes out of the active collection, from 1 to 100.") Integer samples,
            @Default("10")
            @Min(1)
            @Max(100)
            @JsonPropertyDescription("How many hits the operator asks for with each vector, from 1 to 100.") Integer limit,
            @Default("80")
            @Min(0)
            @Max(100)
            @JsonPropertyDescription("The least overlap in percent, from 0 to 100: how many of the primary keys that the active collection finds the "
                    + "candidate finds too.") Integer minOverlapPercent,
            @Size(max = 255)
            @JsonPropertyDescription("The vector field to search. Empty: the only one. Name it if there are several.") String vectorField,
            @Min(1)
            @JsonPropertyDescription("How long the candidate's median search may take, in percent of the active collection's, at least 1. The operator "
                    + "searches every vector once in both collections before it measures. A candidate that is less than 5 ms slower "
                    + "always passes. Absent: the operator tells the latency and holds nothing.") Integer maxLatencyPercentOfActive) {

        public Search {
            samples = samples == null ? Integer.valueOf(20) : samples;
            limit = limit == null ? Integer.valueOf(10) : limit;
            minOverlapPercent = minOverlapPercent == null ? Integer.valueOf(80) : minOverlapPercent;
            vectorField = vectorField == null ? "" : vectorField;
        }
    }

    /** A service that the operator asks whether the cutover may go on. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Webhook(
            @Required
            @Size(min = 8, max = 2048)
            @ValidationRule(value = "self.matches(r'^https?://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?(/[^\\s]*)?$')", message = "url must be http://host or https://host, with an optional port and path")
            @JsonPropertyDescription("The address of your service, which gets a POST with a JSON of name, namespace, phase, from, to and revision. 2xx "
                    + "passes, 4xx fails, all else waits. It is a Service of the object's own namespace (http://service.namespace.svc/path). "
                    + "The operator's configuration has to allow other hosts.") String url,
            @Default("10s")
            @SchemaFrom(type = String.class)
            @Size(max = 30)
            @ValidationRule(value = KubernetesDuration.RULE
                    + " && duration(self) >= duration('100ms') && duration(self) <= duration('1m')", message = "timeout must be a duration such as 500ms or 10s, from 100ms to 1m")
            @JsonPropertyDescription("How long the answer may take, from 100ms to 1m.") KubernetesDuration timeout) {

        public Webhook {
            timeout = timeout == null ? KubernetesDuration.of("10s") : timeout;
        }
    }

    /** The verification of the collection after the switch. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Verify(
            @Required
            @SchemaFrom(type = String.class)
            @Size(max = 30)
            @ValidationRule(value = KubernetesDuration.RULE
                    + " && duration(self) >= duration('1s') && duration(self) <= duration('168h')", message = "verify.for must be a duration such as 5m or 1h, from 1s to 168h")
            @JsonProperty("for")
            @JsonPropertyDescription("How long, from 1s to 168h. The operator asks the gates again and searches through the alias. Three failures in a row "
                    + "fail the verification.") KubernetesDuration duration,
            @Default("Rollback")
            @JsonPropertyDescription("What the operator does when the verification fails. Rollback: switch back to the previous collection if that is still "
                    + "loaded. Hold: leave the alias and say so.") VerifyFailurePolicy onFailure) {

        public Verify {
            onFailure = onFailure == null ? VerifyFailurePolicy.Rollback : onFailure;
        }
    }

    /** What the operator does with the previous collection. It never drops the collection. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Retirement(
            @Required
            @SchemaFrom(type = String.class)
            @Size(max = 30)
            @ValidationRule(value = KubernetesDuration.RULE
                    + " && duration(self) >= duration('1s')", message = "retirement.releaseAfter must be a duration such as 1h or 24h, at least 1s")
            @JsonPropertyDescription("How long after the cutover, and its verification, the operator releases the previous collection from memory, at least "
                    + "1s. It does not if the collection's rows changed meanwhile, or if any alias or CollectionAlias names it. A rollback, "
                    + "suspend and deletion cancel the release.") KubernetesDuration releaseAfter) {}
}
