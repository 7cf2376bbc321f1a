package dev.collectionalias.api.v1alpha1;

/**
 * Every reason a condition or an Event can carry. A closed list, and API: users alert on these words. What each one
 * means and what to do about it is in docs/troubleshooting.md.
 */
public enum Reason {
    // The alias is where it should be, or was just brought there.
    InSync, AliasCreated, AliasAdopted, Switched, HandedOver, DriftCorrected, Retired, Connected, Suspended,
    RequestIgnored,

    // Under way: waiting for something that time alone can bring.
    GatesPending, AwaitingPromotion, Verifying, CollectionNotFound, DatabaseNotFound, CollectionNotLoaded, Deleting,
    ConnectionFailed, MilvusNotReady, RateLimited, ServerError,

    // Stopped: a person, another object or another system has to change something.
    GatesFailed, ProgressDeadlineExceeded, VerifyFailed, RolledBack, Aborted, Drifted, Conflict, AliasExistsElsewhere,
    NotPrimary, NameIsACollection, OwnershipContested, ConnectionNotFound, ConnectionNotAllowed, SecretInvalid,
    AuthenticationFailed, PermissionDenied, QuotaExceeded, TLSFailed, ProxyFailed, UnsupportedServer, InvalidSpec,
    InternalError, Unconfirmed,

    // Either of the two, depending on whether the server can ever drop the alias.
    DropFailed
}
