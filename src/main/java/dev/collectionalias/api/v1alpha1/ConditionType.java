package dev.collectionalias.api.v1alpha1;

/** The condition types in use. {@code Reconciling} and {@code Stalled} exist only while True, as kstatus demands. */
public enum ConditionType {
    /** The alias points at {@code spec.collection}; for a connection: the server accepted the credentials. */
    Ready,
    /** The operator is working towards the spec, or waits for something that time alone can bring. */
    Reconciling,
    /** The operator can't go on until something else changes. */
    Stalled,
    /** The alias resolves and its collection is loaded, so Milvus answers searches. */
    Serving,
    /** Nobody else has moved the alias. */
    InSync,
    /** A candidate has passed its gates and waits for an approval. This condition exists only while True. */
    AwaitingPromotion,
    /**
     * The operator could not confirm a switch on a server that needs it (Milvus 2.6.6 to 2.6.22), or the collection before
     * answered when the operator asked through the alias. The server may go on answering some searches from there. This
     * condition exists only while False.
     */
    Confirmed
}
