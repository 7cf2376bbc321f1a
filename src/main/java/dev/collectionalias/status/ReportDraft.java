package dev.collectionalias.status;

import static java.lang.String.format;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.AliasKey;
import dev.collectionalias.plan.CollectionState;
import dev.collectionalias.plan.Contest;
import dev.collectionalias.plan.Pace;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Request;
import dev.collectionalias.plan.Sight;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.SwitchMarks;
import dev.collectionalias.plan.cutover.PreviewPlanner;
import dev.collectionalias.plan.cutover.RetirementPlanner;

/** What one pass reports, while it is put together: what all decisions have in common. */
final class ReportDraft {

    private static final Duration UNTIL_THE_CACHE_KNOWS = Duration.ofMillis(100);

    private final Subject subject;
    private final Sight sight;
    private final Instant now;
    private final double chance;
    private final StatusDraft status;
    private final List<Announcement> announcements = new ArrayList<>();

    ReportDraft(Subject subject, Sight sight, Instant now, double chance) {
        this.subject = subject;
        this.sight = sight;
        this.now = now;
        this.chance = chance;
        this.status = new StatusDraft(subject, now);
        if (sight instanceof Sight.Clear clear) {
            status.see(clear.observation().mapping());
        }
    }

    Subject subject() {
        return subject;
    }

    Sight sight() {
        return sight;
    }

    Instant now() {
        return now;
    }

    StatusDraft status() {
        return status;
    }

    void announce(Announcement announcement) {
        announcements.add(announcement);
    }

    AliasReport unchanged(Next next) {
        return new AliasReport(subject.status(), List.of(), next);
    }

    AliasReport waiting(Problem problem) {
        status.candidate().stopClock();
        return waiting(problem, problem.pace());
    }

    AliasReport waiting(Problem problem, Pace pace) {
        sight.endpoint().filter(endpoint -> !subject.isDeleting()).ifPresent(status::lapseUnlessOn);
        switch (sight) {
            case Sight.Elsewhere elsewhere -> status.disown(elsewhere.key().endpoint());
            case Sight.Clear clear -> clear.observation().mapping().ifPresentOrElse(this::observe,
                    () -> serving(ConditionStatus.False, problem));
            case Sight.NoConnection ignored -> serving(ConditionStatus.Unknown, problem);
            case Sight.NotAllowed not -> not.lostOn().ifPresentOrElse(status::disown,
                    () -> serving(ConditionStatus.Unknown, problem));
            case Sight.Unclear ignored -> serving(ConditionStatus.Unknown, problem);
            case Sight.Unneeded ignored -> {
            }
            case Sight.KindLeaving ignored -> {
            }
            case Sight.Connecting ignored -> {
            }
        }
        if (problem.reason() == Reason.DropFailed && problem.isStalled()) {
            // Nothing was dropped, so nothing has to be mended, and other drops need not wait for this one.
            status.remember(List.of());
        }
        handleLook();
        boolean news = status.say(problem, subject.isDeleting());
        if (sight instanceof Sight.Clear clear && clear.observation().mapping().filter(status::isAt).isPresent()) {
            // A contest is on, but the alias is in place.
            inSync();
        }
        // A rollback was told with its cause when it was made.
        if (news && problem.reason() != Reason.RolledBack) {
            announcements.add(Announcement.warning(problem.reason(), problem.message()));
        }
        return done(new Next.After(
                pace.untilNextLook(status.conditions().since(ConditionType.Ready), now, chance)));
    }

    void handle(Request request) {
        status.handle(request.kind().key(), request.value());
    }

    void handleLook() {
        subject.requests().lookHandled().ifPresent(look -> status.handle(look.getKey(), look.getValue()));
    }

    /** What was asked for while the alias was elsewhere could not be decided before; nor that one correction was the last. */
    Next unlessAsked(Next next) {
        Subject after = subject.with(status.build());
        return after.hasPendingRequest() || PreviewPlanner.isBehind(after)
                || RetirementPlanner.due(after, now).isPresent()
                || after.status().verification() == null && Contest.isRecent(after, now)
                        ? new Next.LookAgain()
                        : next;
    }

    AliasReport done(Next next) {
        CollectionAliasStatus built = status.build();
        Next soonEnough = next instanceof Next.After after
                ? new Next.After(untilConfirmations(built).map(left -> shorter(left, after.delay()))
                        .orElse(after.delay()))
                : next;
        return new AliasReport(built, List.copyOf(announcements), soonEnough);
    }

    /**
     * The status has lost a field. While the object is being deleted the pass ends here: the SDK takes the finalizer away by a
     * patch from what the pass began with, which the API server refuses then.
     */
    AliasReport forgotten() {
        return done(subject.isDeleting() ? new Next.After(UNTIL_THE_CACHE_KNOWS) : new Next.LookAgain());
    }

    /** How long until a switch is to be confirmed, or what confirmed one is to be cleared away. */
    private Optional<Duration> untilConfirmations(CollectionAliasStatus built) {
        return Stream
                .of(status.untilConfirmed(), status.untilPreviewConfirmed(),
                        SwitchMarks.untilDue(subject.with(built), now))
                .flatMap(Optional::stream).filter(Duration::isPositive).min(Duration::compareTo);
    }

    static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    void ready(CollectionState mapping) {
        handleLook();
        if (status.untilConfirmed().isPresent()) {
            status.conditions().reconciling(Reason.Verifying,
                    format("alias %s points at %s; the server may answer some searches from the collection before "
                            + "until the switch is confirmed, in a moment", subject.spec().alias(),
                            mapping.name()));
        } else {
            status.conditions().ready(Reason.InSync,
                    format("alias %s points at %s", subject.spec().alias(), mapping.name()));
        }
        inSync();
        serving(mapping);
    }

    void verifying(CollectionState mapping) {
        handleLook();
        observe(mapping);
        status.conditions().reconciling(Reason.Verifying,
                format("alias %s points at %s, which is being verified", subject.spec().alias(), mapping.name()));
    }

    /** The alias exists, but is not where the spec wants it. */
    void observe(CollectionState mapping) {
        serving(mapping);
        if (status.isAt(mapping)) {
            status.follow(mapping);
            inSync();
        }
    }

    void inSync() {
        status.conditions().set(ConditionType.InSync, ConditionStatus.True, Reason.InSync,
                "nobody else has moved the alias");
    }

    void serving(CollectionState mapping) {
        if (mapping.loaded()) {
            status.conditions().set(ConditionType.Serving, ConditionStatus.True, Reason.InSync,
                    format("%s is loaded", mapping.name()));
        } else {
            status.conditions().set(ConditionType.Serving, ConditionStatus.False, Reason.CollectionNotLoaded,
                    format("%s is not loaded, so that searches fail", mapping.name()));
        }
    }

    void serving(ConditionStatus value, Problem problem) {
        status.conditions().set(ConditionType.Serving, value, problem.reason(), problem.message());
    }

    Next untilRefresh(CollectionState mapping) {
        Duration refresh = Pace.untilRefresh(key().endpoint() + '/' + key().database() + '/' + mapping.name(),
                subject.spec().refreshInterval().value(), now);
        // An outage should not be shown for longer than it lasts.
        Duration untilLoaded = Pace.STALLED.untilNextLook(status.conditions().since(ConditionType.Serving), now,
                chance);
        Duration soonest = mapping.loaded() ? refresh : shorter(untilLoaded, refresh);
        // A privilege that is granted wakes nobody.
        Duration untilConfirmed = status.isConfirmationGivenUp()
                ? Pace.STALLED.untilNextLook(status.conditions().since(ConditionType.Confirmed), now, chance)
                : soonest;
        Duration next = shorter(soonest, untilConfirmed);
        return new Next.After(RetirementPlanner.untilDue(subject.with(status.build()), now)
                .map(due -> shorter(due, next)).orElse(next));
    }

    AliasKey key() {
        return ((Sight.Clear) sight).key();
    }

    boolean isAbsent() {
        return ((Sight.Clear) sight).observation().mapping().isEmpty();
    }

    CollectionState mapping() {
        return ((Sight.Clear) sight).observation().mapping().orElseThrow();
    }
}
