package dev.collectionalias.api.v1alpha1;

/** The condition types in use. {@code Reconciling} and {@code Stalled} exist only while True, as kstatus asks. */
public enum ConditionType {
    /** The alias points at {@code spec.collection}; for a connection: the server accepted the credentials. */
    Ready,
    /** The operator is working towards the spec, or waits for something that time can bring. */
    Reconciling,
    /** The operator can't get any further until something else changes. */
    Stalled,
    /** The alias resolves and its collection is loaded, so searches are answered. */
    Serving,
    /** Nobody else has moved the alias. */
    InSync,
    /** A candidate has passed its gates and waits for an approval. Exists only while True. */
    AwaitingPromotion,
    /**
     * False where a switch could not be confirmed on a server that needs it (Milvus 2.6.6 to 2.6.22): some searches may go on
     * being answered from the collection before. Exists only while False.
     */
    Confirmed
}
