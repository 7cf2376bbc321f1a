package dev.collectionalias.plan.cutover;

import static java.lang.String.format;

import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.CollectionIdentity;
import dev.collectionalias.plan.CollectionState;
import dev.collectionalias.plan.Contest;
import dev.collectionalias.plan.Decision;
import dev.collectionalias.plan.Observation;
import dev.collectionalias.plan.Request;
import dev.collectionalias.plan.Request.Kind;
import dev.collectionalias.plan.Subject;

/** Decides about what is asked for by annotations, one request at a time, in the order of {@link Kind}. */
public final class RequestPlanner {

    private RequestPlanner() {}

    /** What can be decided wherever the alias is: a request for another spec is refused, and a retry is granted. */
    public static Optional<Decision> anywhere(Subject subject) {
        for (Kind kind : Kind.values()) {
            Optional<Request> request = subject.pending(kind);
            if (request.filter(asked -> !asked.isBoundTo(subject.generation())).isPresent()) {
                return Optional.of(new Decision.Refuse(request.get(), request.get().isTooLong()
                        ? "it is too long"
                        : format("it is not for generation %d", subject.generation())));
            }
        }
        Optional<Request> first = subject.pending(Kind.ABORT).or(() -> subject.pending(Kind.ROLLBACK));
        if (first.isPresent() && subject.status().active() == null) {
            return Optional.of(new Decision.Refuse(first.get(), "the alias was not switched yet"));
        }
        // Where two writers fight, nothing else is decided before a retry.
        return first.isPresent() && !Contest.isOn(subject)
                ? Optional.empty()
                : subject.pending(Kind.RETRY).map(Decision.Retry::new);
    }

    /** What needs the alias where it was last seen. An approval stays until the switch, or until it is pointless. */
    static Optional<Decision> inPlace(Subject subject, CollectionState mapping, Observation seen) {
        return subject.pending(Kind.ABORT).map(request -> abort(subject, mapping, request))
                .or(() -> subject.pending(Kind.ROLLBACK).map(request -> goBack(subject, mapping, seen, request)))
                .or(() -> subject.pending(Kind.PROMOTE).flatMap(request -> promote(subject, mapping, request)));
    }

    private static Decision abort(Subject subject, CollectionState mapping, Request request) {
        boolean underWay = !mapping.name().equals(subject.spec().collection())
                && !CutoverState.isRejected(subject.spec(), subject.status()) && subject.status().rollback() == null;
        return underWay
                ? new Decision.Abort(request)
                : new Decision.Refuse(request, "no candidate waits to be switched to");
    }

    private static Decision goBack(Subject subject, CollectionState mapping, Observation seen, Request request) {
        Optional<CollectionIdentity> to = WayBack.named(request, subject.status());
        if (to.isEmpty()) {
            return new Decision.Refuse(request, "status.history knows no such revision");
        }
        if (seen.back().isPresent() && mapping.is(seen.back().get().name(), seen.back().get().id())) {
            return new Decision.Refuse(request, format("the alias points at %s already", mapping.name()));
        }
        boolean same = seen.back().filter(back -> back.is(to.get().collection(), to.get().id())).isPresent();
        if (!same || !WayBack.isOpen(mapping, seen)) {
            return new Decision.Refuse(request, same
                    ? WayBack.obstacle(to.get().collection(), seen)
                    : format("%s does not exist any more", to.get().collection()));
        }
        return new Decision.GoBack(seen.back().get(), Kind.ROLLBACK.key(),
                format("a rollback from %s was asked for", mapping.name()), Optional.of(request));
    }

    /** Empty while the request waits for its candidate's gates. */
    private static Optional<Decision> promote(Subject subject, CollectionState mapping, Request request) {
        String wanted = subject.spec().collection();
        if (!request.subject().equals(Optional.of(wanted))) {
            return Optional.of(new Decision.Refuse(request, format("the candidate is %s", wanted)));
        }
        if (mapping.name().equals(wanted)) {
            return Optional.of(new Decision.Refuse(request, format("the alias points at %s already", wanted)));
        }
        return CutoverState.isRejected(subject.spec(), subject.status())
                ? Optional.of(new Decision.Refuse(request, format("%s was given up; ask for a retry first", wanted)))
                : Optional.empty();
    }
}
