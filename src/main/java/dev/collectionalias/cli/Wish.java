package dev.collectionalias.cli;

import static java.lang.String.format;

import java.util.Optional;

import dev.collectionalias.plan.Request;

/** A user's wish to the operator, decided from the object that the command has read. */
sealed interface Wish permits CandidateApproval, GoingBack, GivingUp, AnotherTry {

    Request.Kind kind();

    /** What the request names before its generation; empty: this kind of request names nothing. */
    Optional<String> subject();

    /** What became of the wish once the operator has handled the request. */
    RequestProgress result(Look now);

    /** Refuses a request that the operator would not handle now. The command's user would wait without seeing why. */
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

    /** The sentence that reports a switch. */
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
