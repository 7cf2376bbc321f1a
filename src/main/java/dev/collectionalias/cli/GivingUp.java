package dev.collectionalias.cli;

import static java.lang.String.format;

import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Rejected;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.Request;

/** The wish that the operator gives the candidate up. */
record GivingUp(String candidate) implements Wish {

    static GivingUp of(Look seen) {
        Wish.requireAttention(seen);
        String wanted = seen.spec().collection();
        if (seen.active() == null) {
            throw new Failure(format("there is nothing to go on with: alias %s does not exist yet",
                    seen.spec().alias()));
        }
        if (seen.active().equals(wanted)) {
            throw new Failure(format("there is no candidate: alias %s points at %s already; to leave it, roll back",
                    seen.spec().alias(), wanted));
        }
        if (isRejected(seen, wanted)) {
            throw new Failure(format("%s was given up already (%s)", wanted, seen.status().rejected().reason()));
        }
        return new GivingUp(wanted);
    }

    private static boolean isRejected(Look seen, String collection) {
        Rejected rejected = seen.status().rejected();
        return rejected != null && rejected.collection().equals(collection);
    }

    @Override
    public Request.Kind kind() {
        return Request.Kind.ABORT;
    }

    @Override
    public Optional<String> subject() {
        return Optional.empty();
    }

    @Override
    public RequestProgress result(Look now) {
        return isRejected(now, candidate) && now.status().rejected().reason().equals(Reason.Aborted.name())
                ? new RequestProgress.Happened(
                        format("%s is given up; alias %s stays at %s", candidate, now.spec().alias(),
                                now.active()))
                : new RequestProgress.Ignored(now.summary());
    }
}
