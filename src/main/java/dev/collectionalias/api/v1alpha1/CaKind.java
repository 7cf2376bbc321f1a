package dev.collectionalias.api.v1alpha1;

/** The kinds of object that a certificate authority can be read from; its certificate is no secret. */
public enum CaKind {
    Secret, ConfigMap
}
