package dev.collectionalias.api.v1alpha1;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Required;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * What the operator has seen and done. The status is its only memory, from which it resumes an operation that was cut off
 * anywhere.
 */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CollectionAliasStatus(
        @JsonPropertyDescription("The generation of the spec that this status is about. It is -1 until an operator has looked at the object.") Long observedGeneration,
        @JsonPropertyDescription("Whether this object holds the alias. Of several objects that name one alias, one does.") Boolean owned,
        @JsonPropertyDescription("The Milvus server (host:port) that the alias is on.") String endpoint,
        @JsonPropertyDescription("The collection that the alias points at.") Active active,
        @JsonPropertyDescription("The collection that the alias pointed at before.") CollectionIdentity previous,
        @JsonPropertyDescription("The collection that the alias may be switched to, and what its gates say.") Candidate candidate,
        @JsonPropertyDescription("The preview alias that this object manages, and where it points.") Preview preview,
        @JsonPropertyDescription("The watch over the collection after a switch. Absent when it is over.") Verification verification,
        @JsonPropertyDescription("A rollback that is under way.") Rollback rollback,
        @JsonPropertyDescription("A candidate that was given up. The operator does not try it again until spec.collection changes or somebody asks for "
                + "a retry.") Rejected rejected,
        @JsonPropertyDescription("Collections that the alias has left and that the operator will release from memory.") List<Retiring> retiring,
        @JsonPropertyDescription("The changes of the alias, newest first, as many as spec.revisionHistoryLimit.") List<HistoryEntry> history,
        @JsonPropertyDescription("The last value of each request annotation that the operator handled.") Map<String, String> handledRequests,
        @JsonPropertyDescription("Aliases that the server may lose when the operator drops this one, and where they point. The operator stores them "
                + "again right after the drop. Servers before 2.5.0 only.") List<Neighbour> neighbours,
        @JsonPropertyDescription("The times of the last drift corrections. Five within ten minutes, or within six of refreshInterval, are a contest.") List<Instant> corrections,
        @JsonPropertyDescription("Properties of collections that confirm a switch. The operator sets each two seconds after the switch and takes it off "
                + "a minute later. Milvus 2.6.6 to 2.6.22 only.") List<SwitchMark> switchMarks,
        @JsonPropertyDescription("Ready, Reconciling, Stalled, Serving, InSync, AwaitingPromotion and Confirmed.") List<Condition> conditions)
        implements
            CollectionAliasStatusBuilder.With {

    public static final CollectionAliasStatus EMPTY = new CollectionAliasStatus(null, null, null, null, null, null,
            null, null, null, null, null, null, null, null, null, null, null);

    public CollectionAliasStatus {
        observedGeneration = observedGeneration == null ? Api.UNOBSERVED : observedGeneration;
        retiring = retiring == null ? List.of() : List.copyOf(retiring);
        history = history == null ? List.of() : List.copyOf(history);
        handledRequests = handledRequests == null ? Map.of() : Map.copyOf(handledRequests);
        neighbours = neighbours == null ? List.of() : List.copyOf(neighbours);
        corrections = corrections == null ? List.of() : List.copyOf(corrections);
        switchMarks = switchMarks == null ? List.of() : List.copyOf(switchMarks);
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }

    /** A collection by its name and by Milvus' id, which outlives a rename. The id is "0" if the server has no ids. */
    public record CollectionIdentity(@Required
    @JsonPropertyDescription("The collection's name.") String collection,
            @JsonPropertyDescription("The collection's id in Milvus.") String id) {}

    /** Where the alias points. */
    @RecordBuilder
    public record Active(@Required
    @JsonPropertyDescription("The collection's name.") String collection,
            @JsonPropertyDescription("The collection's id in Milvus.") String id,
            @JsonPropertyDescription("Counts the changes of the alias, from 1.") Integer revision,
            @JsonPropertyDescription("Since when the alias has pointed there, as far as this object knows.") Instant since,
            @JsonPropertyDescription("False after a switch until the operator has confirmed it, on servers before 2.6.23. Until then they may answer some "
                    + "searches from the old collection. Absent: there is nothing to confirm.") Boolean confirmed,
            @JsonPropertyDescription("Which collection answered through the alias after the switch. Absent: the operator made no switch, or cutover.proof "
                    + "was Never.") Proof proof)
            implements
                CollectionAliasStatusActiveBuilder.With {}

    /**
     * The proof that a switch has happened. The operator asks through the alias for a witness: a row of the new collection that
     * the old one has not, or has otherwise.
     */
    @RecordBuilder
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Proof(@Required
    @JsonPropertyDescription("The collection that the alias pointed at before the switch.") String against,
            @JsonPropertyDescription("The first 12 digits of the SHA-256 of the new collection's id, a slash, and the witness's primary key.") String witness,
            @JsonPropertyDescription("How often the operator asked. 0: it found no witness, and the message says why. Absent: it is yet to ask.") Integer asked,
            @JsonPropertyDescription("How many answers came from the new collection.") Integer answered,
            @JsonPropertyDescription("How many answers came from the old collection. The operator then confirms the switch and asks again, until there "
                    + "are none.") Integer stale,
            @JsonPropertyDescription("When the operator asked.") Instant at,
            @JsonPropertyDescription("Why there is no proof.") String message)
            implements
                CollectionAliasStatusProofBuilder.With {

        /** The proof that the operator is yet to ask for. */
        public static Proof due(String against) {
            return new Proof(against, null, null, null, null, null, null);
        }

        /** Whether the old collection gave an answer when the operator asked last. */
        public boolean hasStaleAnswers() {
            return stale != null && stale > 0;
        }

        /** The outcome, in a few words. */
        public String inWords() {
            if (asked == null) {
                return "not asked for yet";
            }
            if (hasStaleAnswers()) {
                return String.format("%d of %d answers %s stale", stale, asked, stale == 1 ? "was" : "were");
            }
            return asked == 0 ? "not proved: " + message : String.format("proved by %d answers", asked);
        }

        /** Whether the operator is yet to ask, at all or again. */
        public boolean awaitsAnswers() {
            return asked == null || hasStaleAnswers();
        }
    }

    /**
     * Where the alias will point. The operator writes it while a switch waits for its gates or its approval. It also writes it
     * before the call that creates or switches the alias, so that a crash can't orphan the alias.
     */
    @RecordBuilder
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Candidate(@Required
    @JsonPropertyDescription("The collection's name.") String collection,
            @JsonPropertyDescription("The collection's id in Milvus.") String id,
            @JsonPropertyDescription("Since when it is the candidate.") Instant since,
            @JsonPropertyDescription("Since when the operator has waited for its gates. Absent while the progress deadline's clock stands still.") Instant checkingSince,
            @SchemaFrom(type = String.class)
            @JsonPropertyDescription("How long the operator had waited for its gates before that.") KubernetesDuration checkedFor,
            @JsonPropertyDescription("The last answer of each gate.") List<GateResult> gates,
            @JsonPropertyDescription("True once the operator is about to point the alias there. The alias may be there already, though no status says so, "
                    + "even if the spec names another collection by now.") Boolean announced,
            @JsonPropertyDescription("How many rows it had when the operator was about to point the alias there. Absent if no gate counted them.") Long rows)
            implements
                CollectionAliasStatusCandidateBuilder.With {

        public Candidate {
            gates = gates == null ? List.of() : List.copyOf(gates);
        }
    }

    /**
     * Another alias of this object. The operator writes it before it creates the alias, so that a crash can't orphan the alias.
     */
    @RecordBuilder
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Preview(@Required
    @JsonPropertyDescription("The preview alias.") String alias,
            @JsonPropertyDescription("The collection that it points at. Absent until it does.") String collection,
            @JsonPropertyDescription("Since when it has pointed there. Absent once the operator has confirmed the move, or if there is nothing to confirm.") Instant since,
            @JsonPropertyDescription("False after a move until the operator has confirmed it, as for the alias itself. Absent: there is nothing to confirm.") Boolean confirmed)
            implements
                CollectionAliasStatusPreviewBuilder.With {

        public Preview(String alias, String collection) {
            this(alias, collection, null, null);
        }
    }

    /** The answer of one gate. */
    public record GateResult(@Required
    @JsonPropertyDescription("exists, loaded, schema, rows, search or webhook.") String name,
            @JsonPropertyDescription("Whether the verdict is Passed.") Boolean passed,
            @JsonPropertyDescription("Passed, Waiting (time can cure it) or Failed (only another spec or candidate can).") Verdict verdict,
            @JsonPropertyDescription("One sentence with the numbers.") String message) {

        public GateResult(String name, Verdict verdict, String message) {
            this(name, verdict == Verdict.Passed, verdict, message);
        }
    }

    /** The verification after a switch. */
    @RecordBuilder
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Verification(@JsonPropertyDescription("When it is over, if all goes well.") Instant until,
            @JsonPropertyDescription("When the operator asked the gates last.") Instant askedAt,
            @JsonPropertyDescription("How many checks in a row failed. Three are too many.") Integer failures,
            @JsonPropertyDescription("The last answer of each gate.") List<GateResult> gates,
            @JsonPropertyDescription("How many rows the collection had right before the switch. Absent if no gate counted them.") Long rows)
            implements
                CollectionAliasStatusVerificationBuilder.With {

        public Verification {
            gates = gates == null ? List.of() : List.copyOf(gates);
        }
    }

    /** A rollback. The operator writes it before it switches, so that a crash in between can't lose it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Rollback(@Required
    @JsonPropertyDescription("The collection that the alias goes back to.") String collection,
            @JsonPropertyDescription("The collection's id in Milvus.") String id,
            @JsonPropertyDescription("Who asked for it: the annotation, or verification.") String requestedBy,
            @JsonPropertyDescription("Why, in one sentence.") String why,
            @JsonPropertyDescription("The collection that the rollback gives up.") String rejects) {}

    /** A candidate that the operator does not try again by itself. */
    public record Rejected(@Required
    @JsonPropertyDescription("The collection's name.") String collection,
            @JsonPropertyDescription("The generation of the spec that asked for it.") Long generation,
            @JsonPropertyDescription("RolledBack, Aborted or VerifyFailed.") String reason,
            @JsonPropertyDescription("Why, in one sentence.") String message) {}

    /** A collection that the operator releases from memory later, if it is still the same one and nobody uses it. */
    @RecordBuilder
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Retiring(@Required
    @JsonPropertyDescription("The collection's name.") String collection,
            @JsonPropertyDescription("The collection's id in Milvus.") String id,
            @JsonPropertyDescription("How many rows it has. Absent until the operator has counted them.") Long rows,
            @Required
            @JsonPropertyDescription("When the operator releases it.") Instant at,
            @JsonPropertyDescription("Why the operator could not release it when it was time to.") String message)
            implements
                CollectionAliasStatusRetiringBuilder.With {}

    /** One change of the alias. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record HistoryEntry(
            @Required
            @JsonPropertyDescription("The revision that the change made.") Integer revision,
            @JsonPropertyDescription("Where the alias pointed before; absent when it did not exist.") String from,
            @Required
            @JsonPropertyDescription("Where the alias has pointed since.") String to,
            @JsonPropertyDescription("When.") Instant time,
            @JsonPropertyDescription("Why: Created, Adopted, HandedOver, "
                    + "SpecChanged, RolledBack, Drift, Repaired or External.") String cause,
            @JsonPropertyDescription("Who asked for it: spec, drift, verification, or the value of the annotation.") String requestedBy,
            @JsonPropertyDescription("How long the call that changed the alias took, in milliseconds.") Long switchMillis,
            @JsonPropertyDescription("The answers of the gates before the change.") List<GateResult> gates) {

        public HistoryEntry {
            gates = gates == null ? List.of() : List.copyOf(gates);
        }
    }

    /**
     * A property that the operator sets on a collection to confirm a switch to it. The operator writes this entry before it
     * sets the property, so that a crash can't leave the property behind.
     */
    @RecordBuilder
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record SwitchMark(@Required
    @JsonPropertyDescription("The collection's name.") String collection,
            @JsonPropertyDescription("The collection's id in Milvus.") String id,
            @Required
            @JsonPropertyDescription("The property's key.") String key,
            @Required
            @JsonPropertyDescription("The property's value, which no other switch has.") String value,
            @JsonPropertyDescription("When the operator set the property, at the latest. Absent until that is known.") Instant at)
            implements
                CollectionAliasStatusSwitchMarkBuilder.With {}

    /** Another alias whose name begins with the name of the alias that the operator drops. */
    public record Neighbour(@Required
    @JsonPropertyDescription("The neighbour's alias.") String alias,
            @Required
            @JsonPropertyDescription("The collection that it points at.") String collection) {}
}
