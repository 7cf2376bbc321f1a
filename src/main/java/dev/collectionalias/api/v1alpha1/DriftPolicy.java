package dev.collectionalias.api.v1alpha1;

/** What to do when somebody else moved the alias. */
public enum DriftPolicy {
    /** Point it back at the active collection, unless that would serve worse. */
    Correct,
    /** Leave it and say so in the condition {@code InSync}. */
    Report
}
