package dev.collectionalias.api.v1alpha1;

/** When a candidate has to be loaded before the alias is switched to it. */
public enum LoadedPolicy {
    /** When the active collection is: searches that are answered go on being answered. */
    IfServing,
    /** Always, for a new alias too. */
    Always,
    /** Never. */
    Never
}
