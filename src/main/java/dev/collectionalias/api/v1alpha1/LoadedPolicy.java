package dev.collectionalias.api.v1alpha1;

/** When a candidate has to be loaded before the operator switches the alias to it. */
public enum LoadedPolicy {
    /** If the active collection is loaded, so that Milvus goes on answering searches. */
    IfServing,
    /** Always, also for a new alias. */
    Always,
    /** Never. */
    Never
}
