package dev.collectionalias.observe;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.milvus.MilvusException;
import dev.collectionalias.plan.Pace;
import dev.collectionalias.plan.Problem;

/** What a failed call means for its object. */
public final class MilvusProblems {

    private MilvusProblems() {}

    public static Problem of(MilvusException failure) {
        String message = switch (failure.kind()) {
            case NAME_IS_A_COLLECTION -> failure.getMessage()
                    + "; an alias can't have the name of a collection: rename or drop that collection, or choose another alias";
            case DROP_IMPOSSIBLE -> failure.getMessage()
                    + "; this server can never drop an alias whose name 64 or more others begin with, those counted that were dropped before: set deletionPolicy: Retain to let the object go";
            case QUOTA_EXCEEDED -> failure.getMessage()
                    + "; a quota of this Milvus, or its administrator, forbids it until somebody changes that";
            case TOO_FEW_NODES -> failure.getMessage()
                    + "; there are too few nodes for that many replicas: add nodes to the resource group, or load the collection yourself with fewer replicas";
            case NOT_PRIMARY -> failure.getMessage()
                    + "; aliases come from the primary by replication, and are only observed here";
            default -> failure.getMessage();
        };
        return new Problem(failure.kind().reason(), message);
    }

    /** The same for the call that drops an alias. */
    public static Problem ofDrop(MilvusException failure) {
        return switch (failure.kind()) {
            case SERVER_ERROR, UNREADABLE -> new Problem(Reason.DropFailed, failure.getMessage(), Pace.TRANSIENT);
            default -> of(failure);
        };
    }
}
