package dev.collectionalias.cli;

import static java.lang.String.format;

import java.util.Optional;

import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.plan.Request;

/** The wish that the operator tries again: a candidate that it has given up, or an object that is stuck. */
record AnotherTry(String collection) implements Wish {

    static AnotherTry of(Look seen) {
        Wish.requireAttention(seen);
        if (seen.status().rejected() == null && !seen.is(ConditionType.Stalled)) {
            throw new Failure(format("there is nothing to try again; %s", seen.summary()));
        }
        return new AnotherTry(seen.spec().collection());
    }

    @Override
    public Request.Kind kind() {
        return Request.Kind.RETRY;
    }

    @Override
    public Optional<String> subject() {
        return Optional.empty();
    }

    @Override
    public RequestProgress result(Look now) {
        if (now.status().rejected() != null) {
            return new RequestProgress.Ignored(now.summary());
        }
        return new RequestProgress.Happened(collection.equals(now.active())
                ? Wish.pointing(now)
                : format("%s is tried again", collection));
    }
}
