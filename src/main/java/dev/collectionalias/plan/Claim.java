package dev.collectionalias.plan;

import java.time.Instant;
import java.util.Comparator;

/**
 * One object's claim to an alias.
 *
 * @param owned   whether its status says that it holds the alias
 * @param counted whether its connection has authenticated; until then it claims nothing
 */
public record Claim(ObjectName name, Instant createdAt, boolean owned, boolean deleting, boolean counted) {

    /** Age decides between claims, then the name. */
    public static final Comparator<Claim> BY_AGE = Comparator.comparing(Claim::createdAt).thenComparing(Claim::name);
}
