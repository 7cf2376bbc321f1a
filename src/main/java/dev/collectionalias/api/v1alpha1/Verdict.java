package dev.collectionalias.api.v1alpha1;

/** The answer of a gate about a candidate. */
public enum Verdict {
    /** Nothing stands in the way. */
    Passed,
    /** Not yet. Time can cure it, or somebody who loads or fills the candidate. */
    Waiting,
    /** No. Only another spec or another candidate can cure it. */
    Failed
}
