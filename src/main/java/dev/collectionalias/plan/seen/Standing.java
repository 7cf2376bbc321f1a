package dev.collectionalias.plan.seen;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.collectionalias.plan.Claim;
import dev.collectionalias.plan.ObjectName;

/** Where an object stands among those that claim the same alias. */
public sealed interface Standing {

    /** The object holds the alias. */
    record Owner() implements Standing {}

    /** Nobody holds the alias, and this object may take it. */
    record FirstInLine() implements Standing {}

    /** The owner is being deleted, and this object takes the alias over. */
    record Successor(ObjectName leaver) implements Standing {}

    /** Another object holds the alias, or goes first. */
    record Behind(ObjectName first, boolean owner) implements Standing {}

    /** The object is being deleted and holds the alias, and another one is about to take that over. */
    record Leaver(ObjectName successor) implements Standing {}

    /** The object keeps the alias whose status says so. Age decides only among objects without an owner. */
    static Standing of(Claim self, List<Claim> others) {
        Optional<Claim> otherOwner = oldest(others, claim -> claim.owned() && !claim.deleting());
        Optional<Claim> nextInLine = oldest(others, claim -> claim.counted() && !claim.deleting());
        if (self.deleting()) {
            return whileDeleting(self, otherOwner, nextInLine);
        }
        if (self.owned()) {
            return otherOwner.filter(other -> isBefore(other, self))
                    .<Standing>map(other -> new Behind(other.name(), true))
                    .orElseGet(Owner::new);
        }
        if (otherOwner.isPresent()) {
            return new Behind(otherOwner.get().name(), true);
        }
        if (nextInLine.isPresent() && isBefore(nextInLine.get(), self)) {
            return new Behind(nextInLine.get().name(), false);
        }
        return oldest(others, Claim::owned).<Standing>map(leaver -> new Successor(leaver.name()))
                .orElseGet(FirstInLine::new);
    }

    private static Standing whileDeleting(Claim self, Optional<Claim> otherOwner, Optional<Claim> nextInLine) {
        if (!self.owned()) {
            return new Behind(self.name(), false);
        }
        if (otherOwner.isPresent()) {
            return new Behind(otherOwner.get().name(), true);
        }
        return nextInLine.<Standing>map(next -> new Leaver(next.name())).orElseGet(Owner::new);
    }

    private static boolean isBefore(Claim one, Claim other) {
        return Claim.BY_AGE.compare(one, other) < 0;
    }

    private static Optional<Claim> oldest(List<Claim> claims, Predicate<Claim> of) {
        Stream<Claim> matching = claims.stream().filter(of);
        return matching.min(Claim.BY_AGE);
    }
}
