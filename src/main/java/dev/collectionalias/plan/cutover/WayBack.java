package dev.collectionalias.plan.cutover;

import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.CollectionIdentity;
import dev.collectionalias.plan.Request;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.seen.CollectionState;

/** The collection that an alias may have to go back to. */
public final class WayBack {

    private static final String PREVIOUS = "previous";

    private WayBack() {}

    /** The way back that matters now: of a rollback under way, of a request, or of a verification. */
    public static Optional<CollectionIdentity> of(Subject subject) {
        CollectionAliasStatus status = subject.status();
        if (status.rollback() != null) {
            return Optional.of(new CollectionIdentity(status.rollback().collection(), status.rollback().id()));
        }
        Optional<CollectionIdentity> asked = subject.pending(Request.Kind.ROLLBACK)
                .flatMap(request -> named(request, status));
        return asked.isPresent() || status.verification() == null ? asked : Optional.ofNullable(status.previous());
    }

    /** The collection that {@code previous} or a revision stands for; empty if there is no such thing. */
    static Optional<CollectionIdentity> named(Request request, CollectionAliasStatus status) {
        Optional<String> name = request.subject();
        if (name.isEmpty() || name.get().equals(PREVIOUS)) {
            return Optional.ofNullable(status.previous());
        }
        return status.history().stream().filter(entry -> String.valueOf(entry.revision()).equals(name.get()))
                .map(entry -> new CollectionIdentity(entry.to(), idOf(entry.to(), status))).findFirst();
    }

    private static String idOf(String collection, CollectionAliasStatus status) {
        return status.previous() != null && status.previous().collection().equals(collection)
                ? status.previous().id()
                : null;
    }

    /** Whether the server answers searches there as well as it does where the alias points now. */
    static boolean isOpen(CollectionState mapping, Optional<CollectionState> back) {
        return back.filter(found -> found.loaded() || !mapping.loaded()).isPresent();
    }

    /** Why the way back is not open, as the end of a sentence. */
    static String obstacle(String collection, Optional<CollectionState> back) {
        return back.isEmpty() ? collection + " does not exist any more" : collection + " is not loaded";
    }
}
