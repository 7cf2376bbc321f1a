package dev.collectionalias.plan.seen;

import java.util.List;
import java.util.Optional;

import dev.collectionalias.plan.ObjectName;

/**
 * The preview alias that an object manages, or is about to.
 *
 * @param alias        the alias that it manages, else the one that its spec names
 * @param target       the collection that the alias points at; empty if there is no such alias
 * @param claimant     another object that has the better claim to this name
 * @param pendingDrops objects that have begun a drop and still have to store this alias again
 */
public record PreviewSight(String alias, Optional<String> target, Optional<ObjectName> claimant,
        List<ObjectName> pendingDrops) {}
