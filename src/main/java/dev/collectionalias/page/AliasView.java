package dev.collectionalias.page;

import static java.lang.String.format;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Active;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Candidate;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.GateResult;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.HistoryEntry;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Preview;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Retiring;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Verification;
import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Verdict;
import dev.collectionalias.plan.ConnectionName;
import dev.collectionalias.plan.Subject;

/** One object in the words of the page. Sentences contain no times: the page shows a time as a time. */
record AliasView(Subject alias) {

    /**
     * One fact about the object.
     *
     * @param at the moment at the end of the text; empty: none
     */
    record Fact(String name, String text, Optional<Instant> at) {

        Fact(String name, String text) {
            this(name, text, Optional.empty());
        }
    }

    /** Gates and the collection about which the operator has asked them. */
    record Ask(String title, Instant since, List<GateResult> gates) {}

    String id() {
        return alias.name().toString();
    }

    List<State> states() {
        return State.of(alias);
    }

    /** The object's state in one sentence, in the object's own words. */
    String summary() {
        return alias.condition(ConditionType.Ready).map(ready -> ready.reason() + ": " + ready.message())
                .orElse("The operator has not looked at it yet.");
    }

    List<Fact> facts() {
        CollectionAliasStatus status = alias.status();
        List<Fact> facts = new ArrayList<>();
        facts.add(status.active() == null
                ? new Fact("Active", "nothing yet")
                : new Fact("Active", format("%s, revision %d, since", status.active().collection(),
                        status.active().revision()), Optional.ofNullable(status.active().since())));
        Optional.ofNullable(status.active()).map(Active::proof)
                .ifPresent(proof -> facts.add(proof.at() == null
                        ? new Fact("Proof", proof.inWords())
                        : new Fact("Proof", proof.inWords() + ", at", Optional.of(proof.at()))));
        alias.condition(ConditionType.Confirmed)
                .ifPresent(not -> facts.add(new Fact("Not confirmed", not.message())));
        if (status.active() == null || !status.active().collection().equals(alias.spec().collection())) {
            facts.add(new Fact("Wanted", alias.spec().collection()));
        }
        facts.add(new Fact("Alias", format("%s in database %s", alias.spec().alias(), alias.spec().database())));
        Optional.ofNullable(status.endpoint()).ifPresent(endpoint -> facts.add(new Fact("Server", endpoint)));
        facts.add(new Fact("Connection", ConnectionName.of(alias).toString()));
        Optional.ofNullable(status.previous())
                .ifPresent(previous -> facts.add(new Fact("Previous", previous.collection())));
        Optional.ofNullable(status.preview()).map(AliasView::preview).ifPresent(facts::add);
        Optional.ofNullable(status.rollback()).ifPresent(back -> facts.add(
                new Fact("Rollback", format("to %s: %s", back.collection(), back.why()))));
        Optional.ofNullable(status.rejected()).ifPresent(rejected -> facts.add(new Fact("Given up",
                format("%s, %s: %s", rejected.collection(), rejected.reason(), rejected.message()))));
        status.retiring().stream().map(AliasView::retiring).forEach(facts::add);
        return facts;
    }

    private static Fact preview(Preview preview) {
        return new Fact("Preview", preview.collection() == null
                ? format("%s, nothing yet", preview.alias())
                : format("%s at %s", preview.alias(), preview.collection()));
    }

    private static Fact retiring(Retiring retiring) {
        return retiring.message() == null
                ? new Fact("Retiring", format("%s, released from memory at", retiring.collection()),
                        Optional.of(retiring.at()))
                : new Fact("Retiring", retiring.message());
    }

    /** The gates of the candidate, and those of the collection that the alias has just been switched to. */
    List<Ask> asks() {
        List<Ask> asks = new ArrayList<>();
        Candidate candidate = alias.status().candidate();
        if (candidate != null) {
            asks.add(new Ask(format("Candidate %s, since", candidate.collection()), candidate.since(),
                    candidate.gates()));
        }
        Verification verification = alias.status().verification();
        if (verification != null) {
            asks.add(new Ask(verification.failures() == null || verification.failures() == 0
                    ? "Verified until"
                    : format("Verification failed %d times in a row; it goes on until", verification.failures()),
                    verification.until(), verification.gates()));
        }
        return asks;
    }

    static String sign(Verdict verdict) {
        return switch (verdict) {
            case Passed -> State.Ready.sign();
            case Waiting -> State.Reconciling.sign();
            case Failed -> State.Stalled.sign();
        };
    }

    List<HistoryEntry> history() {
        return alias.status().history();
    }

    static String change(HistoryEntry entry) {
        return entry.from() == null ? entry.to() : format("%s → %s", entry.from(), entry.to());
    }

    static String why(HistoryEntry entry) {
        String asked = entry.requestedBy() == null ? "" : format(" by %s", entry.requestedBy());
        String took = entry.switchMillis() == null ? "" : format(", in %d ms", entry.switchMillis());
        return format("revision %d, %s%s%s", entry.revision(), entry.cause(), asked, took);
    }

    List<Condition> conditions() {
        return alias.status().conditions();
    }
}
