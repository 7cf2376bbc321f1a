package dev.collectionalias.cli;

import java.util.Map;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.CollectionAliasSpec;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.Request;

/** An object as a command has read it. Its methods answer the commands' questions. */
record Look(CollectionAlias alias) {

    CollectionAliasSpec spec() {
        return alias.getSpec();
    }

    CollectionAliasStatus status() {
        return alias.getStatus() == null ? CollectionAliasStatus.EMPTY : alias.getStatus();
    }

    String name() {
        return alias.getMetadata().getName();
    }

    long generation() {
        Long generation = alias.getMetadata().getGeneration();
        return generation == null ? 0 : generation;
    }

    /** Whether the operator has written the status for the present spec. */
    boolean isObserved() {
        return status().observedGeneration() >= generation();
    }

    Optional<Condition> condition(ConditionType type) {
        return status().conditions().stream().filter(condition -> condition.type().equals(type.name())).findFirst();
    }

    boolean is(ConditionType type) {
        return condition(type).filter(condition -> condition.status() == ConditionStatus.True).isPresent();
    }

    boolean isReadyFor(Reason reason) {
        return condition(ConditionType.Ready).filter(condition -> condition.reason().equals(reason.name()))
                .isPresent();
    }

    /** The object's state in one sentence, in the object's own words. */
    String summary() {
        return condition(ConditionType.Ready)
                .map(condition -> condition.reason() + ": " + condition.message())
                .orElse("the operator has not looked at it yet");
    }

    /** The collection that the alias points at; null: there is no alias yet. */
    String active() {
        return status().active() == null ? null : status().active().collection();
    }

    /** The annotation's present value. */
    Optional<String> asked(Request.Kind kind) {
        Map<String, String> annotations = alias.getMetadata().getAnnotations();
        return Optional.ofNullable(annotations).map(all -> all.get(kind.annotation()));
    }

    Optional<String> handled(Request.Kind kind) {
        return Optional.ofNullable(status().handledRequests().get(kind.key()));
    }
}
