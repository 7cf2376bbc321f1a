package dev.collectionalias.cli;

import static java.lang.String.format;

import java.util.Optional;

import dev.collectionalias.plan.Request;

/** What somebody wants the operator to do, decided from the object that they saw. */
sealed interface Wish permits Promotion, GoingBack, GivingUp, AnotherTry {

    Request.Kind kind();

    /** What the request names before its generation, if its kind names anything. */
    Optional<String> subject();

    /** What became of it, once the operator has handled it. */
    Progress result(Look now);

    /** Without these, a request would wait for something that the command's user does not see. */
    static void requireAttention(Look seen) {
        if (seen.alias().isMarkedForDeletion()) {
            throw new Failure(format("%s is being deleted", seen.name()));
        }
        if (!seen.isObserved()) {
            throw new Failure(format(
                    "the operator has not looked at generation %d of %s yet; look at its status, then ask again",
                    seen.generation(), seen.name()));
        }
        if (seen.spec().suspend()) {
            throw new Failure(format("%s is suspended: requests wait until spec.suspend is false", seen.name()));
        }
    }

    /** How a switch is told. */
    static String pointing(Look now) {
        var active = now.status().active();
        var newest = now.status().history().stream().findFirst();
        String took = newest.filter(entry -> entry.to().equals(active.collection()))
                .filter(entry -> entry.switchMillis() != null)
                .map(entry -> format(", switched in %d ms", entry.switchMillis())).orElse("");
        return format("alias %s points at %s (revision %d%s)", now.spec().alias(), active.collection(),
                active.revision(), took);
    }
}
