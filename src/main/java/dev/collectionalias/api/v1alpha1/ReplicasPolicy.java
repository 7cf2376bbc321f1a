package dev.collectionalias.api.v1alpha1;

/** How many replicas a candidate needs in memory. */
public enum ReplicasPolicy {
    AtLeastActive, Ignore
}
