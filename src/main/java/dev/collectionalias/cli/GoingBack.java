package dev.collectionalias.cli;

import static java.lang.String.format;

import java.util.Optional;
import java.util.stream.Collectors;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.CollectionIdentity;
import dev.collectionalias.plan.Request;

/**
 * The wish that the operator switches the alias back.
 *
 * @param named      {@code previous} or a revision
 * @param collection that this stands for
 */
record GoingBack(String named, String collection) implements Wish {

    private static final String PREVIOUS = "previous";

    static GoingBack toPrevious(Look seen) {
        Wish.requireAttention(seen);
        CollectionIdentity previous = seen.status().previous();
        if (previous == null) {
            throw new Failure(format("there is no collection that alias %s pointed at before", seen.spec().alias()));
        }
        return new GoingBack(PREVIOUS, previous.collection());
    }

    static GoingBack to(int revision, Look seen) {
        Wish.requireAttention(seen);
        String collection = seen.status().history().stream().filter(entry -> entry.revision() == revision)
                .map(entry -> entry.to()).findFirst()
                .orElseThrow(() -> new Failure(format("there is no revision %d; the history has %s", revision,
                        revisions(seen))));
        if (collection.equals(seen.active())) {
            throw new Failure(format("alias %s points at %s already", seen.spec().alias(), collection));
        }
        return new GoingBack(String.valueOf(revision), collection);
    }

    private static String revisions(Look seen) {
        return seen.status().history().isEmpty()
                ? "none"
                : seen.status().history().stream().map(entry -> String.valueOf(entry.revision()))
                        .collect(Collectors.joining(", "));
    }

    @Override
    public Request.Kind kind() {
        return Request.Kind.ROLLBACK;
    }

    @Override
    public Optional<String> subject() {
        return Optional.of(named);
    }

    @Override
    public RequestProgress result(Look now) {
        if (now.status().rollback() != null) {
            return new RequestProgress.Waiting(now.summary());
        }
        return collection.equals(now.active())
                ? new RequestProgress.Happened(Wish.pointing(now))
                : new RequestProgress.Ignored(now.summary());
    }
}
