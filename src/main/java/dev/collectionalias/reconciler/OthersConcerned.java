package dev.collectionalias.reconciler;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Neighbour;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Preview;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.kubernetes.AliasIndex;
import dev.collectionalias.kubernetes.ConnectionCache;
import dev.collectionalias.plan.ConnectionName;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.seen.Sight;
import dev.collectionalias.plan.step.Conclusion;
import dev.collectionalias.plan.step.Outcome;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.plan.step.Step;
import dev.collectionalias.schedule.WakeUps;

/**
 * Wakes the other objects that a pass concerns, and its connection. Ownership changes hands by status writes of this
 * process, and the SDK wakes nobody for those.
 */
final class OthersConcerned {

    private final AliasIndex index;
    private final ConnectionCache connections;
    private final WakeUps wakeUps;

    OthersConcerned(AliasIndex index, ConnectionCache connections, WakeUps wakeUps) {
        this.index = index;
        this.connections = connections;
        this.wakeUps = wakeUps;
    }

    /** The pass has written a status on top of the one in {@code before}. */
    void written(Subject before, CollectionAliasStatus after) {
        CollectionAliasStatus former = before.status();
        boolean refused = isSaid(after, Reason.ConnectionNotAllowed) && !isSaid(former, Reason.ConnectionNotAllowed);
        if (refused || !Objects.equals(former.owned(), after.owned())
                || !Objects.equals(former.endpoint(), after.endpoint())) {
            wake(before, Stream.of(before.spec().alias()));
        }
        if (former.preview() != null && !former.preview().alias().equals(alias(after.preview()))) {
            wake(before, Stream.of(former.preview().alias()));
        }
        if (after.neighbours().isEmpty()) {
            wake(before, aliases(former.neighbours()));
        }
    }

    private static String alias(Preview preview) {
        return preview == null ? null : preview.alias();
    }

    /** The actor has made a call, whose outcome may show that the connection's state has changed. */
    void called(Subject subject, Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed && (isUnreachable(failed.problem())
                || failed.problem().reason() == Reason.NotPrimary && !isSaid(subject.status(), Reason.NotPrimary))) {
            wakeUps.connection(ConnectionName.of(subject));
        }
    }

    /** A pass is over. */
    void ended(Situation situation, Step.Outward last) {
        Subject subject = situation.subject();
        boolean leaving = last instanceof Step.LetGo || last instanceof Step.Rest rest
                && rest.conclusion() instanceof Conclusion.Blocked blocked
                && blocked.problem().reason() == Reason.Deleting;
        if (leaving) {
            wake(subject, Stream.of(subject.spec().alias()));
        }
        if (last instanceof Step.LetGo) {
            wake(subject, aliases(subject.status().neighbours()));
        }
        if (situation.sight() instanceof Sight.Unclear unclear && isUnreachable(unclear.problem())) {
            wakeUps.connection(ConnectionName.of(subject));
        }
    }

    /** A connection that is being deleted stays until the last alias that uses it is gone. */
    void released(Subject subject) {
        ConnectionName connection = ConnectionName.of(subject);
        if (connections.isLeaving(connection)) {
            wakeUps.connection(connection);
        }
    }

    private static Stream<String> aliases(List<Neighbour> neighbours) {
        return neighbours.stream().map(Neighbour::alias);
    }

    private void wake(Subject subject, Stream<String> claimants) {
        claimants.flatMap(alias -> index.claiming(subject.spec().database(), alias).stream()).map(Subject::name)
                .filter(name -> !name.equals(subject.name())).forEach(wakeUps::alias);
    }

    private static boolean isSaid(CollectionAliasStatus status, Reason reason) {
        return status.conditions().stream().anyMatch(condition -> condition.reason().equals(reason.name()));
    }

    private static boolean isUnreachable(Problem problem) {
        return problem.reason() == Reason.ConnectionFailed || problem.reason() == Reason.AuthenticationFailed;
    }
}
