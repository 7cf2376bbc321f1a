package dev.collectionalias.plan;

import java.time.Duration;
import java.time.Instant;

import dev.collectionalias.api.v1alpha1.Reason;

/**
 * When the operator looks at an object again if no event comes first. The longer something lasts, the rarer it looks: the
 * next look is half of that time away, between bounds. So it has no count of tries to remember.
 */
public enum Pace {

    /** Somebody is about to bring it: a collection, an approval. */
    WAITING(Duration.ofSeconds(1), Duration.ofSeconds(15)),
    /** A server does not answer as it should. */
    TRANSIENT(Duration.ofSeconds(1), Duration.ofSeconds(60)),
    /** Another object or another system has to change, and need not wake this object. */
    STALLED(Duration.ofSeconds(5), Duration.ofSeconds(30));

    private static final double JITTER = 0.2;

    private final Duration shortest;
    private final Duration longest;

    Pace(Duration shortest, Duration longest) {
        this.shortest = shortest;
        this.longest = longest;
    }

    public static Pace of(Reason reason) {
        return switch (reason) {
            case InSync, AliasCreated, AliasAdopted, Switched, HandedOver, DriftCorrected, Retired, Connected,
                    Suspended, RequestIgnored, GatesPending, AwaitingPromotion, Verifying, CollectionNotFound,
                    DatabaseNotFound, CollectionNotLoaded, Deleting, MilvusNotReady ->
                WAITING;
            case ConnectionFailed, RateLimited, ServerError -> TRANSIENT;
            case GatesFailed, ProgressDeadlineExceeded, VerifyFailed, RolledBack, Aborted, Drifted, Conflict,
                    AliasExistsElsewhere, NameIsACollection, NotPrimary, OwnershipContested, ConnectionNotFound,
                    ConnectionNotAllowed,
                    SecretInvalid, AuthenticationFailed, PermissionDenied, QuotaExceeded, TLSFailed, ProxyFailed,
                    UnsupportedServer,
                    InvalidSpec,
                    InternalError, Unconfirmed, StaleAnswers, DropFailed ->
                STALLED;
        };
    }

    /** @param chance from 0 to 1, to spread objects that are due at the same time */
    public Duration untilNextLook(Instant since, Instant now, double chance) {
        Duration half = Duration.between(since, now).dividedBy(2);
        Duration bounded = half.compareTo(shortest) < 0 ? shortest : half.compareTo(longest) > 0 ? longest : half;
        return scale(bounded, 1 - JITTER * chance);
    }

    /**
     * When the operator looks at a settled object again. Objects of one name share the moment: one listing serves all
     * aliases of one collection. Different names are spread over the interval.
     */
    public static Duration untilRefresh(String name, Duration interval, Instant now) {
        long period = interval.toMillis();
        long phase = Math.floorMod(name.hashCode() * 2654435761L, period);
        return Duration.ofMillis(period - Math.floorMod(now.toEpochMilli() - phase, period));
    }

    private static Duration scale(Duration duration, double factor) {
        return Duration.ofMillis(Math.round(duration.toMillis() * factor));
    }
}
