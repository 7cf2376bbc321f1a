package dev.collectionalias.api.v1alpha1;

/**
 * Every reason of a condition or an Event. The list is closed and part of the API, because users alert on these words.
 * docs/troubleshooting.md says what each one means and what to do about it.
 */
public enum Reason {
    // The alias is where it should be, or the operator has just brought it there.
    InSync, AliasCreated, AliasAdopted, Switched, HandedOver, DriftCorrected, Retired, Connected, Suspended,
    RequestIgnored,

    // The operator waits for something that time alone can bring.
    GatesPending, AwaitingPromotion, Verifying, CollectionNotFound, DatabaseNotFound, CollectionNotLoaded, Deleting,
    ConnectionFailed, MilvusNotReady, RateLimited, ServerError,

    // The operator can't go on until a person, another object or another system changes something.
    GatesFailed, ProgressDeadlineExceeded, VerifyFailed, RolledBack, Aborted, Drifted, Conflict, AliasExistsElsewhere,
    NotPrimary, NameIsACollection, OwnershipContested, ConnectionNotFound, ConnectionNotAllowed, SecretInvalid,
    AuthenticationFailed, PermissionDenied, QuotaExceeded, TLSFailed, ProxyFailed, UnsupportedServer, InvalidSpec,
    InternalError, Unconfirmed, StaleAnswers,

    // The operator waits or can't go on: it depends on whether the server can ever drop the alias.
    DropFailed
}
