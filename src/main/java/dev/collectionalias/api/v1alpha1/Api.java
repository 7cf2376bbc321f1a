package dev.collectionalias.api.v1alpha1;

/** The names that all parts of the API share. */
public final class Api {
    public static final String GROUP = "collectionalias.dev";
    public static final String VERSION = "v1alpha1";
    /**
     * The {@code observedGeneration} of an object that no operator has looked at. The CRD's default gives it to a new object.
     */
    public static final long UNOBSERVED = -1;
    /** A CollectionAlias has this finalizer until the operator has dropped its alias or deliberately left it. */
    public static final String ALIAS_FINALIZER = GROUP + "/alias";
    /** A connection of either kind has this finalizer until no alias needs it any more. */
    public static final String CONNECTION_FINALIZER = GROUP + "/connection";
    /** {@code "<generation>"}, optionally with {@code #<anything>} behind: try again what the operator has given up. */
    public static final String RETRY = GROUP + "/retry";
    /** {@code "<collection>@<generation>"}: approve this candidate of this generation. */
    public static final String PROMOTE = GROUP + "/promote";
    /** {@code "previous@<generation>"} or {@code "<revision>@<generation>"}: switch back. */
    public static final String ROLLBACK = GROUP + "/rollback";
    /** {@code "<generation>"}: give the candidate up and go on with the active collection. */
    public static final String ABORT = GROUP + "/abort";
    /** Any new value: look at Milvus now. */
    public static final String RECONCILE_REQUESTED_AT = GROUP + "/reconcile-requested-at";

    private Api() {}
}
