package dev.collectionalias.plan.cutover;

import static java.lang.String.format;

import java.util.List;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.CollectionIdentity;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.Announcement;
import dev.collectionalias.plan.Contest;
import dev.collectionalias.plan.Request;
import dev.collectionalias.plan.Request.Kind;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.seen.CollectionState;
import dev.collectionalias.plan.seen.Need;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.plan.step.Step;

/** Fulfils or refuses people's requests in annotations, one at a time, in the order of {@link Kind}. */
public final class RequestRules {

    private RequestRules() {}

    /** Handles the requests that need no alias in place: it refuses a request for another spec, and grants a retry. */
    public static Optional<Step> anywhere(Situation situation) {
        Subject subject = situation.subject();
        for (Kind kind : Kind.values()) {
            Optional<Request> request = subject.pending(kind);
            if (request.filter(asked -> !asked.isBoundTo(subject.generation())).isPresent()) {
                return Optional.of(refuse(situation, request.get(), request.get().isTooLong()
                        ? "it is too long"
                        : format("it is not for generation %d", subject.generation())));
            }
        }
        Optional<Request> first = subject.pending(Kind.ABORT).or(() -> subject.pending(Kind.ROLLBACK));
        if (first.isPresent() && subject.status().active() == null) {
            return Optional.of(refuse(situation, first.get(), "the alias was not switched yet"));
        }
        // Where two writers fight, the operator decides nothing else before a retry.
        return first.isPresent() && !Contest.isOn(subject)
                ? Optional.empty()
                : subject.pending(Kind.RETRY).map(request -> retry(situation, request));
    }

    /** Handles the requests that need the alias in place. An approval stays until the switch, or until it is pointless. */
    public static Optional<Step> inPlace(Situation situation) {
        Subject subject = situation.subject();
        return subject.pending(Kind.ABORT).map(request -> abort(situation, request))
                .or(() -> subject.pending(Kind.ROLLBACK).map(request -> goBack(situation, request)))
                .or(() -> subject.pending(Kind.PROMOTE).flatMap(request -> promote(situation, request)));
    }

    /** Everything begins anew, with a new look. */
    private static Step retry(Situation situation, Request request) {
        return situation.handled(request).remember(
                status -> status.withRejected(null).withCandidate(null).withCorrections(List.of())).look();
    }

    private static Step abort(Situation situation, Request request) {
        boolean underWay = !situation.mapping().name().equals(situation.spec().collection())
                && !CutoverState.isRejected(situation.spec(), situation.status())
                && situation.status().rollback() == null;
        return underWay
                ? Rejection.reject(situation.handled(request), Reason.Aborted,
                        format("%s was given up, as was asked", situation.spec().collection())).keep()
                : refuse(situation, request, "no candidate waits to be switched to");
    }

    private static Step goBack(Situation situation, Request request) {
        Optional<CollectionIdentity> to = WayBack.named(request, situation.status());
        return to.isEmpty()
                ? refuse(situation, request, "status.history knows no such revision")
                : situation.asking(new Need.Collection(to.get().collection()),
                        back -> goBack(situation, request, to.get(), back));
    }

    private static Step goBack(Situation situation, Request request, CollectionIdentity to,
            Optional<CollectionState> back) {
        CollectionState mapping = situation.mapping();
        if (back.isPresent() && mapping.is(back.get().name(), back.get().id())) {
            return refuse(situation, request, format("the alias points at %s already", mapping.name()));
        }
        boolean same = back.filter(found -> found.is(to.collection(), to.id())).isPresent();
        if (!same || !WayBack.isOpen(mapping, back)) {
            return refuse(situation, request, same
                    ? WayBack.obstacle(to.collection(), back)
                    : format("%s does not exist any more", to.collection()));
        }
        return Rollbacks.begin(situation.handled(request), back.get(), Kind.ROLLBACK.key(),
                format("a rollback from %s was asked for", mapping.name()));
    }

    /** Empty while the request waits for its candidate's gates. */
    private static Optional<Step> promote(Situation situation, Request request) {
        String wanted = situation.spec().collection();
        if (!request.subject().equals(Optional.of(wanted))) {
            return Optional.of(refuse(situation, request, format("the candidate is %s", wanted)));
        }
        if (situation.mapping().name().equals(wanted)) {
            return Optional.of(refuse(situation, request, format("the alias points at %s already", wanted)));
        }
        return CutoverState.isRejected(situation.spec(), situation.status())
                ? Optional.of(refuse(situation, request, format("%s was given up; ask for a retry first", wanted)))
                : Optional.empty();
    }

    private static Step refuse(Situation situation, Request request, String why) {
        return situation.handled(request).tell(Announcement.warning(Reason.RequestIgnored,
                format("%s is ignored: %s", request, why))).keep();
    }
}
