package dev.collectionalias.plan.seen;

import java.util.List;
import java.util.Optional;

import dev.collectionalias.plan.ObjectName;

/**
 * What is known of the preview alias that an object manages, or is about to.
 *
 * @param alias        the one it manages; if none, the one that its spec names
 * @param target       the collection that it points at; empty if there is no such alias
 * @param claimant     another object that has the better claim to this name
 * @param pendingDrops objects whose drop, once begun, still has to store this alias again
 */
public record PreviewSight(String alias, Optional<String> target, Optional<ObjectName> claimant,
        List<ObjectName> pendingDrops) {}
