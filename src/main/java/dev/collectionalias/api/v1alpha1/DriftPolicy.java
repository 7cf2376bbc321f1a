package dev.collectionalias.api.v1alpha1;

/** What the operator does if somebody else has moved the alias. */
public enum DriftPolicy {
    /** Point it back at the active collection, unless that would serve worse. */
    Correct,
    /** Leave it there, with the condition {@code InSync} False. */
    Report
}
