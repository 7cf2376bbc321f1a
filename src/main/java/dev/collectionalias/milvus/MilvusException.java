package dev.collectionalias.milvus;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.milvus.net.UnreachableException;

/** A failed call to Milvus. Its kind says what the failure means, however the server words it. */
public final class MilvusException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong, and the reason that a user reads. */
    public enum Kind {
        COLLECTION_NOT_FOUND(Reason.CollectionNotFound),
        DATABASE_NOT_FOUND(Reason.DatabaseNotFound),
        /** Only for a call that needs the alias: somebody dropped it a moment ago. */
        ALIAS_NOT_FOUND(Reason.ServerError),
        /** The alias exists and points at another collection. */
        ALIAS_EXISTS(Reason.AliasExistsElsewhere),
        /** A collection has the name that the alias should get. */
        NAME_IS_A_COLLECTION(Reason.NameIsACollection),
        /** The collection is not loaded, possibly for lack of memory. */
        NOT_LOADED(Reason.CollectionNotLoaded),
        /** The collection can't be loaded, because it or one of its fields has no index. */
        NO_INDEX(Reason.CollectionNotLoaded),
        /** The collection can't be loaded, because there are fewer nodes than replicas. */
        TOO_FEW_NODES(Reason.CollectionNotLoaded),
        /** The server does not take the request as it is. */
        INVALID_REQUEST(Reason.InvalidSpec),
        UNAUTHENTICATED(Reason.AuthenticationFailed),
        PERMISSION_DENIED(Reason.PermissionDenied),
        RATE_LIMITED(Reason.RateLimited),
        /** A quota or the administrator forbids the call until somebody changes that. */
        QUOTA_EXCEEDED(Reason.QuotaExceeded),
        /** The server gave no answer: refused, unresolved, reset, or not in time. */
        UNAVAILABLE(Reason.ConnectionFailed),
        /** The operator closed the client because the connection changed. There is another client by now. */
        REPLACED(Reason.ConnectionFailed),
        /** Something answers, but it is no Milvus. */
        NOT_A_MILVUS(Reason.ConnectionFailed),
        /** The proxy does not let the operator through, or is no proxy. */
        PROXY(Reason.ProxyFailed),
        /** Only one side expected TLS, or one side did not accept the other's certificate. */
        TLS(Reason.TLSFailed),
        /** The server is a Milvus, but it does not know the call, or is too old for the operator. */
        UNSUPPORTED(Reason.UnsupportedServer),
        /** The server is a replicated secondary, and takes changes from its primary only. */
        NOT_PRIMARY(Reason.NotPrimary),
        /** The server can never drop this alias: too many others begin with its name. */
        DROP_IMPOSSIBLE(Reason.DropFailed),
        /** The server answered, but the SDK can't read the answer. */
        UNREADABLE(Reason.ServerError),
        /** Anything else that the server reports. */
        SERVER_ERROR(Reason.ServerError);

        private final Reason reason;

        Kind(Reason reason) {
            this.reason = reason;
        }

        public Reason reason() {
            return reason;
        }
    }

    private final Kind kind;
    private final String finding;

    /** @param message one sentence for a person: no stack trace, no secret */
    public MilvusException(Kind kind, String message, Throwable cause) {
        this(kind, message, message, cause);
    }

    private MilvusException(Kind kind, String finding, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.finding = finding;
    }

    static MilvusException of(UnreachableException failure) {
        Kind kind = switch (failure.kind()) {
            case UNAVAILABLE -> Kind.UNAVAILABLE;
            case PROXY -> Kind.PROXY;
            case TLS -> Kind.TLS;
            case NOT_A_MILVUS -> Kind.NOT_A_MILVUS;
        };
        return new MilvusException(kind, failure.finding(), failure.getMessage(), failure);
    }

    public Kind kind() {
        return kind;
    }

    /** Whether only one side expected TLS. The cure depends on how the spec names the server. */
    public boolean isOneSided() {
        return !finding.equals(getMessage());
    }

    /** What was found, without the cure. */
    public String finding() {
        return finding;
    }
}
