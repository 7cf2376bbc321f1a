package dev.collectionalias.api.v1alpha1;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** One observation about an object, in the form that {@code kubectl wait} and kstatus read. */
public record Condition(
        @Required
        @JsonPropertyDescription("What the condition is about: Ready, Reconciling, Stalled, Serving, InSync, AwaitingPromotion or Confirmed.") String type,
        @Required
        @JsonPropertyDescription("True, False or Unknown.") ConditionStatus status,
        @JsonPropertyDescription("The generation of the object that the condition is about.") Long observedGeneration,
        @JsonPropertyDescription("When the status last changed.") Instant lastTransitionTime,
        @Required
        @JsonPropertyDescription("One word for why, out of a closed list.") String reason,
        @Required
        @JsonPropertyDescription("One sentence for a person.") String message) {}
