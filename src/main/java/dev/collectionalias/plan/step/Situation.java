package dev.collectionalias.plan.step;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.CollectionAliasSpec;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.plan.AliasKey;
import dev.collectionalias.plan.Announcement;
import dev.collectionalias.plan.Conditions;
import dev.collectionalias.plan.Request;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.seen.CollectionState;
import dev.collectionalias.plan.seen.Need;
import dev.collectionalias.plan.seen.Observation;
import dev.collectionalias.plan.seen.Seen;
import dev.collectionalias.plan.seen.Sight;
import dev.collectionalias.plan.seen.Standing;

/**
 * One object at one moment, with its surroundings. Each change is a new situation.
 *
 * @param subject the object; its status is its memory, with the decisions of this pass so far
 * @param chance  from 0 to 1, to spread objects that are due at the same time
 * @param news    Events that the pass sends with the next write of the status
 */
public record Situation(Subject subject, Seen seen, Instant now, double chance, List<Announcement> news) {

    /** How much later than its status says something may have happened: a status has whole seconds only. */
    public static final Duration PRECISION = Duration.ofSeconds(1);

    public Situation(Subject subject, Seen seen, Instant now, double chance) {
        this(subject, seen, now, chance, List.of());
    }

    public CollectionAliasSpec spec() {
        return subject.spec();
    }

    public CollectionAliasStatus status() {
        return subject.status();
    }

    public Sight sight() {
        return seen.sight();
    }

    /** What Milvus says. Only where Milvus answered. */
    public Observation milvus() {
        return clear().observation();
    }

    /** Which alias of which server it is. Only where Milvus answered. */
    public AliasKey key() {
        return clear().key();
    }

    /** Where the object stands among those that claim the alias. Only where Milvus answered. */
    public Standing standing() {
        return clear().standing();
    }

    /** The collection that the alias points at. Only where Milvus has the alias. */
    public CollectionState mapping() {
        return milvus().mapping().orElseThrow();
    }

    private Sight.Clear clear() {
        return (Sight.Clear) sight();
    }

    /** The time as a status has it. */
    public Instant second() {
        return now.truncatedTo(ChronoUnit.SECONDS);
    }

    public Conditions conditions() {
        return Conditions.of(status().conditions(), subject.generation(), now);
    }

    /** Goes on with the answer, or asks first. */
    public <A> Step asking(Need<A> need, Function<A, Step> then) {
        return seen.answers().to(need).map(then).orElseGet(() -> new Step.Ask(this, need));
    }

    /** Does so for a rule that may have nothing to say. */
    public <A> Optional<Step> askingMaybe(Need<A> need, Function<A, Optional<Step>> then) {
        return seen.answers().to(need).map(then).orElseGet(() -> Optional.of(new Step.Ask(this, need)));
    }

    /** This situation at another time. */
    public Situation at(Instant moment) {
        return new Situation(subject, seen, moment, chance, news);
    }

    /** This situation after another look. */
    public Situation seeing(Seen another) {
        return new Situation(subject, another, now, chance, news);
    }

    /** This situation once Milvus says something else. */
    public Situation seeing(Observation another) {
        return seeing(seen.with(clear().with(another)));
    }

    /** Remembers something. An object that takes its alias is the owner from then on. */
    public Situation remember(UnaryOperator<CollectionAliasStatus> change) {
        Subject after = subject.with(change.apply(status()));
        boolean takes = sight() instanceof Sight.Clear clear && !subject.owns(clear.key().endpoint())
                && after.owns(clear.key().endpoint()) && !(clear.standing() instanceof Standing.Owner);
        return new Situation(after, takes ? seen.with(clear().asOwner()) : seen, now, chance, news);
    }

    /** Remembers that the operator has handled a request. */
    public Situation handled(Request request) {
        return handled(request.kind().key(), request.value());
    }

    /** Remembers that somebody asked for a look, and got one. */
    public Situation looked() {
        return subject.requests().lookHandled().map(look -> handled(look.getKey(), look.getValue())).orElse(this);
    }

    private Situation handled(String request, String value) {
        Map<String, String> handled = new HashMap<>(status().handledRequests());
        handled.put(request, value);
        return remember(status -> status.withHandledRequests(handled));
    }

    /** Says something of the object that leaves open whether the spec is achieved. */
    public Situation saying(UnaryOperator<Conditions> change) {
        return remember(status -> status.withConditions(change.apply(conditions()).toList()));
    }

    /** Says whether the spec is achieved, so that the status is of this generation of it. */
    public Situation judging(UnaryOperator<Conditions> change) {
        return saying(change).remember(status -> status.withObservedGeneration(subject.generation()));
    }

    /** Sends an Event with the next write. */
    public Situation tell(Announcement announcement) {
        return new Situation(subject, seen, now, chance,
                Stream.concat(news.stream(), Stream.of(announcement)).toList());
    }

    /** This situation once the pass has sent the news. */
    public Situation told() {
        return new Situation(subject, seen, now, chance, List.of());
    }

    public Step keep() {
        return new Step.Keep(this);
    }

    public Step look() {
        return new Step.Look(this);
    }
}
