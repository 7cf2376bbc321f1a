package dev.collectionalias.plan;

import java.time.Duration;
import java.time.Instant;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Active;

/**
 * Servers before 2.6.6 expire their proxies' caches before they change an alias: a search in between makes a proxy
 * remember the old collection. So a switch is sent once more a moment later, which makes every proxy look again.
 */
public final class Confirmation {

    /** Longer than a proxy takes to look an alias up. {@code active.since} has whole seconds only. */
    private static final Duration AFTER = Duration.ofSeconds(2);

    private Confirmation() {}

    public static boolean isPending(Active active) {
        return Boolean.FALSE.equals(active.confirmed());
    }

    static boolean isDue(Active active, Instant now) {
        return isPending(active) && until(active, now).isZero();
    }

    /** How long a switch that is to be confirmed has to be left alone. */
    public static Duration until(Active active, Instant now) {
        Duration left = active.since() == null
                ? Duration.ZERO
                : Duration.between(now, active.since().plus(AFTER));
        return left.isNegative() ? Duration.ZERO : left;
    }
}
