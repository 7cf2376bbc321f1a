package dev.collectionalias.plan;

import java.time.Duration;
import java.time.Instant;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Active;

/**
 * Servers before 2.6.6 expire their proxies' caches before they change an alias. A proxy that is searching may then remember
 * for good, by the alias's name, two things of the old collection: which one it is, if it looks the name up before the change,
 * and where its shards are, if a search that knew the old collection looks them up after the caches expired. A search goes
 * where the shards are.
 *
 * <p>So a switch is sent twice at once, after which no proxy takes the name for the old collection, and once more when the
 * searches are over that still did: from then on each finds the new shards. Without the second call, the third one can be what
 * makes a proxy remember the old shards.
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
        // A switch that is yet to come was made before the clock was put back.
        return left.isNegative() || left.compareTo(AFTER) > 0 ? Duration.ZERO : left;
    }
}
