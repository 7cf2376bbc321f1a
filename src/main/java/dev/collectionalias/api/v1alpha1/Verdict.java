package dev.collectionalias.api.v1alpha1;

/** What a gate says of a candidate. */
public enum Verdict {
    /** Nothing stands in the way. */
    Passed,
    /** Not yet: time, or somebody who loads or fills the candidate, can cure it. */
    Waiting,
    /** No: only another spec or another candidate can cure it. */
    Failed
}
