package dev.collectionalias.status;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Active;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.CollectionIdentity;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.GateResult;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.HistoryEntry;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Neighbour;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Preview;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Rejected;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Retiring;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Rollback;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Verification;
import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Cutover.Retirement;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.Cause;
import dev.collectionalias.plan.CollectionState;
import dev.collectionalias.plan.Confirmation;
import dev.collectionalias.plan.Contest;
import dev.collectionalias.plan.OneLine;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Subject;

/** A status while it is decided, beginning from the one before. */
final class StatusDraft {

    private final Subject subject;
    private final Instant now;
    private final Conditions conditions;
    private final CandidateDraft candidate;
    private final SwitchMarksDraft switchMarks;
    private Boolean owned;
    private String endpoint;
    private Active active;
    private CollectionIdentity previous;
    private Preview preview;
    private Verification verification;
    private Rollback rollback;
    private Rejected rejected;
    private List<Retiring> retiring;
    private List<HistoryEntry> history;
    private List<Neighbour> neighbours;
    private List<Instant> corrections;
    private Map<String, String> handledRequests;

    StatusDraft(Subject subject, Instant now) {
        CollectionAliasStatus before = subject.status();
        this.subject = subject;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
        this.conditions = new Conditions(before.conditions(), subject.generation(), now);
        this.candidate = new CandidateDraft(subject, this.now);
        this.switchMarks = new SwitchMarksDraft(before.switchMarks(), this.now);
        this.owned = before.owned();
        this.endpoint = before.endpoint();
        this.active = before.active();
        this.previous = before.previous();
        this.preview = before.preview();
        this.verification = before.verification();
        this.rollback = before.rollback();
        this.rejected = before.rejected();
        this.retiring = before.retiring();
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
            forgetAlias(onEndpoint);
        }
        owned = true;
        endpoint = onEndpoint;
    }

    void disown(String onEndpoint) {
        forgetAlias(onEndpoint);
        owned = false;
        endpoint = onEndpoint;
        conditions.remove(ConditionType.Serving);
        conditions.remove(ConditionType.InSync);
    }

    /** A preview alias on another server is left there, as the alias is; one on this server is still this object's. */
    private void forgetAlias(String onEndpoint) {
        preview = onEndpoint.equals(endpoint) ? preview : null;
        switchMarks.leave(onEndpoint.equals(endpoint));
        conditions.remove(ConditionType.Confirmed);
        active = null;
        previous = null;
        candidate.forget();
        verification = null;
        rollback = null;
        rejected = null;
        retiring = List.of();
    }

    /** Ownership is of an alias on one server; where the connection leads to another one, it is over. */
    void lapseUnlessOn(String serverNow) {
        if (endpoint != null && !endpoint.equals(serverNow)) {
            disown(serverNow);
        }
    }

    /** A contest is over once the alias has stayed in place for as long as one is counted. */
    void forgetOldCorrections() {
        if (!Contest.isRecent(subject, corrections, now)) {
            corrections = List.of();
        }
    }

    CandidateDraft candidate() {
        return candidate;
    }

    /** Where the alias is has been seen. */
    void see(Optional<CollectionState> mapping) {
        if (active != null) {
            candidate.forgetFormer(mapping);
        }
    }

    /** It was claimed, and points nowhere yet as far as is known. */
    void claimPreview(String alias) {
        switchMarks.stampAll();
        preview = new Preview(alias, null);
    }

    void movePreview(String alias, String collection, boolean toConfirm) {
        switchMarks.stampAll();
        preview = toConfirm
                ? new Preview(alias, collection, now, Boolean.FALSE)
                : new Preview(alias, collection);
    }

    void confirmPreview() {
        preview = new Preview(preview.alias(), preview.collection());
    }

    void noPreview() {
        switchMarks.stampAll();
        preview = null;
    }

    void verify(Duration how) {
        verification = new Verification(now.plus(how), null, 0, null);
    }

    /** It never has more to come than all of it, though the clock be put back. */
    void watch(List<GateResult> gates, int failures) {
        Instant latest = now.plus(subject.spec().cutover().verify().duration().value());
        Instant until = verification.until().isAfter(latest) ? latest : verification.until();
        verification = new Verification(until, now, failures, gates);
    }

    boolean isVerifying() {
        return verification != null;
    }

    void endVerification() {
        verification = null;
    }

    void goBack(CollectionState to, String requestedBy, String why) {
        rollback = new Rollback(to.name(), to.id(), requestedBy, OneLine.of(why), subject.spec().collection());
    }

    void stayThere() {
        rollback = null;
        candidate.forget();
    }

    /** What the spec names is not tried again by itself. */
    void reject(Reason reason, String message) {
        // The spec may name another one since the rollback was decided, which is not given up.
        String what = rollback == null || rollback.rejects() == null
                ? subject.spec().collection()
                : rollback.rejects();
        rejected = new Rejected(what, subject.generation(), reason.name(), OneLine.of(message));
        candidate.forget();
        verification = null;
        rollback = null;
    }

    /** What the spec names is wanted again. */
    void accept() {
        rejected = null;
    }

    /** Begin anew with whatever was given up. */
    void retry() {
        rejected = null;
        candidate.forget();
        corrections = List.of();
    }

    boolean isAt(CollectionState mapping) {
        return active != null && mapping.is(active.collection(), active.id());
    }

    /** The alias is where it was, though its collection may have been renamed. */
    void follow(CollectionState mapping) {
        active = new Active(mapping.name(), mapping.id(), active.revision(), active.since(), active.confirmed());
    }

    /** It is about to be put back there. */
    void doubt() {
        active = new Active(active.collection(), active.id(), active.revision(), now, Boolean.FALSE);
    }

    /** There is nothing left to confirm. */
    void confirm() {
        active = new Active(active.collection(), active.id(), active.revision(), active.since(), null);
        conditions.remove(ConditionType.Confirmed);
    }

    /** It was tried in vain, and nobody waits for it any more. */
    void giveUpConfirmation(String why) {
        conditions.set(ConditionType.Confirmed, ConditionStatus.False, Reason.Unconfirmed, why);
    }

    boolean isConfirmationGivenUp() {
        return conditions.statusOf(ConditionType.Confirmed).isPresent();
    }

    /** How long until the last switch has to be confirmed, if somebody waits for that. */
    Optional<Duration> untilConfirmed() {
        return Optional.ofNullable(active).filter(Confirmation::isPending).filter(pending -> !isConfirmationGivenUp())
                .map(pending -> Confirmation.until(pending.since(), now));
    }

    /** The same for the preview alias. */
    Optional<Duration> untilPreviewConfirmed() {
        return Optional.ofNullable(preview).filter(Confirmation::isPending)
                .map(pending -> Confirmation.until(pending.since(), now));
    }

    SwitchMarksDraft switchMarks() {
        return switchMarks;
    }

    /** The alias was found or brought there. */
    void activate(CollectionState to, Cause cause, Move move) {
        String from = active == null ? null : active.collection();
        boolean sameAsBefore = active != null && to.is(active.collection(), active.id());
        int revision = 1 + (history.isEmpty() ? 0 : history.getFirst().revision());
        if (active != null && !to.is(active.collection(), active.id())) {
            previous = new CollectionIdentity(active.collection(), active.id());
        }
        active = new Active(to.name(), to.id(), revision, now, move.toConfirm() ? Boolean.FALSE : null);
        conditions.remove(ConditionType.Confirmed);
        switchMarks.stampAll();
        candidate.forget();
        // Whoever moves the alias away meanwhile does not end the watch over it.
        verification = sameAsBefore ? verification : null;
        history = Stream
                .concat(Stream.of(new HistoryEntry(revision, from, to.name(), now, cause.name(), move.requestedBy(),
                        move.took() == null ? null : move.took().toMillis(), move.gates())), history.stream())
                .limit(subject.spec().revisionHistoryLimit()).toList();
        if (cause == Cause.Drift) {
            corrections = Contest.remember(subject, now);
        }
    }

    /** The cutover went well: what was left by it is released later, where the spec wants that. */
    void retirePrevious() {
        Retirement retirement = subject.spec().cutover().retirement();
        if (retirement != null && previous != null) {
            retiring = Stream.concat(retiring.stream().filter(old -> !old.collection().equals(previous.collection())),
                    Stream.of(new Retiring(previous.collection(), previous.id(), null,
                            now.plus(retirement.releaseAfter().value()), null)))
                    .toList();
        }
    }

    void replace(Retiring old, Long rows, Instant at) {
        replace(old, new Retiring(old.collection(), old.id(), rows, at.truncatedTo(ChronoUnit.SECONDS), null));
    }

    void defer(Retiring old, String why) {
        replace(old, new Retiring(old.collection(), old.id(), old.rows(), old.at(), why));
    }

    private void replace(Retiring old, Retiring by) {
        retiring = retiring.stream().map(entry -> entry.equals(old) ? by : entry).toList();
    }

    void forget(Retiring old) {
        retiring = retiring.stream().filter(entry -> !entry.equals(old)).toList();
    }

    void cancelRetirement() {
        retiring = List.of();
    }

    void remember(List<Neighbour> found) {
        neighbours = found;
    }

    void handle(String request, String value) {
        Map<String, String> handled = new HashMap<>(handledRequests);
        handled.put(request, value);
        handledRequests = Map.copyOf(handled);
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
        if (problem.reason() == Reason.AwaitingPromotion) {
            conditions.set(ConditionType.AwaitingPromotion, ConditionStatus.True, problem.reason(), problem.message());
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
        if (!conditions.isFor(ConditionType.Ready, Reason.AwaitingPromotion)) {
            conditions.remove(ConditionType.AwaitingPromotion);
        }
        if (rejected != null && !rejected.collection().equals(subject.spec().collection())) {
            rejected = null;
        }
        if (subject.spec().cutover().retirement() == null) {
            cancelRetirement();
        }
        retiring = retiring.stream().filter(entry -> !entry.collection().equals(subject.spec().collection())
                && (active == null || !entry.collection().equals(active.collection()))).toList();
        // A step that only clears the way has not judged the spec yet.
        Long observed = conditions.isReadySaid()
                ? Long.valueOf(subject.generation())
                : subject.status().observedGeneration();
        return new CollectionAliasStatus(observed, owned, endpoint, active, previous, candidate.get(), preview,
                verification, rollback, rejected, retiring, history, handledRequests, neighbours, corrections,
                switchMarks.toList(), conditions.toList());
    }
}
