package dev.collectionalias.api.v1alpha1;

/** The kinds of object that can hold a certificate authority. Its certificate is no secret. */
public enum CaKind {
    Secret, ConfigMap
}
