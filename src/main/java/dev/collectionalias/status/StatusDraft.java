package dev.collectionalias.status;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Active;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Candidate;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.CollectionIdentity;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.HistoryEntry;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Neighbour;
import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.Cause;
import dev.collectionalias.plan.CollectionState;
import dev.collectionalias.plan.Contest;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Requests;
import dev.collectionalias.plan.Subject;

/** A status while it is decided, beginning from the one before. */
final class StatusDraft {

    private final Subject subject;
    private final Instant now;
    private final Conditions conditions;
    private Boolean owned;
    private String endpoint;
    private Active active;
    private CollectionIdentity previous;
    private Candidate candidate;
    private List<HistoryEntry> history;
    private List<Neighbour> neighbours;
    private List<Instant> corrections;
    private Map<String, String> handledRequests;

    StatusDraft(Subject subject, Instant now) {
        CollectionAliasStatus before = subject.status();
        this.subject = subject;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
        this.conditions = new Conditions(before.conditions(), subject.generation(), now);
        this.owned = before.owned();
        this.endpoint = before.endpoint();
        this.active = before.active();
        this.previous = before.previous();
        this.candidate = before.candidate();
        this.history = before.history();
        this.neighbours = before.neighbours();
        this.corrections = before.corrections();
        this.handledRequests = before.handledRequests();
    }

    Conditions conditions() {
        return conditions;
    }

    /** What is remembered of another server says nothing about the alias on this one. */
    void own(String onEndpoint) {
        if (!onEndpoint.equals(endpoint)) {
            active = null;
            previous = null;
        }
        owned = true;
        endpoint = onEndpoint;
    }

    void disown(String onEndpoint) {
        owned = false;
        endpoint = onEndpoint;
        active = null;
        previous = null;
        candidate = null;
        conditions.remove(ConditionType.Serving);
        conditions.remove(ConditionType.InSync);
    }

    /** Ownership is of an alias on one server; where the connection leads to another one, it is over. */
    void lapseUnlessOn(String serverNow) {
        if (endpoint != null && !endpoint.equals(serverNow)) {
            disown(serverNow);
        }
    }

    /** A contest is over once the alias has stayed in place for as long as one is counted. */
    void forgetOldCorrections() {
        if (!Contest.isRecent(corrections, now)) {
            corrections = List.of();
        }
    }

    void candidate(CollectionState target) {
        candidate = target == null ? null : new Candidate(target.name(), target.id(), now);
    }

    boolean isAt(CollectionState mapping) {
        return active != null && mapping.is(active.collection(), active.id());
    }

    /** The alias is where it was, though its collection may have been renamed. */
    void follow(CollectionState mapping) {
        active = new Active(mapping.name(), mapping.id(), active.revision(), active.since());
    }

    void activate(CollectionState to, Cause cause, Duration took) {
        String from = active == null ? null : active.collection();
        int revision = 1 + (history.isEmpty() ? 0 : history.getFirst().revision());
        if (active != null && !to.is(active.collection(), active.id())) {
            previous = new CollectionIdentity(active.collection(), active.id());
        }
        active = new Active(to.name(), to.id(), revision, now);
        candidate = null;
        history = Stream
                .concat(Stream.of(new HistoryEntry(revision, from, to.name(), now, cause.name(),
                        took == null ? null : took.toMillis())), history.stream())
                .limit(subject.spec().revisionHistoryLimit()).toList();
        if (cause == Cause.Drift) {
            corrections = Contest.remember(subject, now);
        }
    }

    void remember(List<Neighbour> found) {
        neighbours = found;
    }

    void handle(Requests requests) {
        handledRequests = requests.handled();
        if (requests.retry()) {
            List<Instant> before = subject.status().corrections();
            corrections = corrections.stream().filter(at -> !before.contains(at)).toList();
        }
    }

    /** @return whether the reason is another one than before */
    boolean say(Problem problem, boolean deleting) {
        String before = reasonBefore();
        boolean moved = problem.reason() == Reason.Drifted
                || problem.reason() == Reason.OwnershipContested;
        if (moved) {
            conditions.set(ConditionType.InSync, ConditionStatus.False, problem.reason(),
                    problem.message());
        }
        if (problem.isStalled()) {
            conditions.stalled(problem.reason(), problem.message());
        } else {
            conditions.reconciling(problem.reason(), problem.message());
        }
        return !problem.reason().name().equals(before) && !deleting;
    }

    private String reasonBefore() {
        return subject.status().conditions().stream()
                .filter(condition -> condition.type().equals(ConditionType.Ready.name())).map(Condition::reason)
                .findFirst().orElse("");
    }

    CollectionAliasStatus build() {
        return new CollectionAliasStatus(subject.generation(), owned, endpoint, active, previous, candidate, history,
                handledRequests, neighbours, corrections, conditions.toList());
    }
}
