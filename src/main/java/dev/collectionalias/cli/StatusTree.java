package dev.collectionalias.cli;

import static java.lang.String.format;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.Api;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Active;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Candidate;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.GateResult;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.HistoryEntry;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Preview;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Proof;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Retiring;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Verification;
import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Verdict;
import dev.collectionalias.plan.Request;
import dev.collectionalias.plan.Requests;

/** Draws an object for a person: its own summary first, then a tree of the collections around its alias. */
final class StatusTree {

    private static final int MOST_HISTORY = 10;
    private static final int LABEL = 12;
    private static final int BRANCH = 12;

    private final Look seen;
    private final CollectionAliasStatus status;
    private final Instant now;
    private final Paint paint;

    private StatusTree(Look seen, Instant now, Paint paint) {
        this.seen = seen;
        this.status = seen.status();
        this.now = now;
        this.paint = paint;
    }

    static List<String> lines(Look seen, Instant now, Paint paint) {
        return new StatusTree(seen, now, paint).lines();
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>(head());
        lines.add("");
        lines.addAll(new Branch(paint.bold(seen.name()), branches()).lines(paint));
        return lines;
    }

    private List<String> head() {
        List<String> lines = new ArrayList<>();
        lines.add(label("Name") + seen.name());
        lines.add(label("Namespace") + seen.alias().getMetadata().getNamespace());
        lines.add(label("Alias") + seen.spec().alias() + "@" + seen.spec().database()
                + (status.endpoint() == null ? "" : " on " + status.endpoint()));
        lines.add(label("Collection") + seen.spec().collection());
        lines.addAll(ready());
        unlessTrue(ConditionType.Serving).ifPresent(lines::add);
        unlessTrue(ConditionType.InSync).ifPresent(lines::add);
        unlessTrue(ConditionType.Confirmed).ifPresent(lines::add);
        if (seen.spec().suspend()) {
            lines.add(label("Suspended") + "the alias is observed but not changed");
        }
        if (status.observedGeneration() != Api.UNOBSERVED && !seen.isObserved()) {
            lines.add(label("Note") + format("all this is about generation %d of the spec; it is at %d by now",
                    status.observedGeneration(), seen.generation()));
        }
        return lines;
    }

    private static String label(String name) {
        return Columns.pad(name + ":", LABEL);
    }

    private List<String> ready() {
        return seen.condition(ConditionType.Ready)
                .map(ready -> List.of(
                        label("Ready") + mark(ready).before(ready.status() + ", " + ready.reason(), paint),
                        label("Message") + ready.message()))
                .orElseGet(() -> List.of(label("Ready")
                        + Mark.WAITING.before("Unknown: no operator has looked at it yet", paint)));
    }

    private Mark mark(Condition ready) {
        return ready.status() == ConditionStatus.True
                ? Mark.GOOD
                : seen.is(ConditionType.Stalled) ? Mark.BAD : Mark.WAITING;
    }

    private Optional<String> unlessTrue(ConditionType type) {
        return seen.condition(type).filter(condition -> condition.status() != ConditionStatus.True)
                .map(condition -> label(type.name()) + (condition.status() == ConditionStatus.False
                        ? Mark.BAD
                        : Mark.WAITING)
                        .before(condition.status() + ", " + condition.reason() + ": " + condition.message(), paint));
    }

    private List<Branch> branches() {
        List<Branch> branches = new ArrayList<>();
        Optional.ofNullable(status.active()).map(this::active).ifPresent(branches::add);
        Optional.ofNullable(status.active()).map(Active::proof).map(this::proof).ifPresent(branches::add);
        Optional.ofNullable(status.verification()).map(this::verification).ifPresent(branches::add);
        Optional.ofNullable(status.candidate()).map(this::candidate).ifPresent(branches::add);
        Optional.ofNullable(status.preview()).map(this::preview).ifPresent(branches::add);
        Optional.ofNullable(status.rollback())
                .map(back -> leaf(Mark.WAITING, "rollback", format("to %s: %s", back.collection(), back.why())))
                .ifPresent(branches::add);
        Optional.ofNullable(status.rejected())
                .map(rejected -> leaf(Mark.BAD, "rejected",
                        format("%s, %s: %s", rejected.collection(), rejected.reason(), rejected.message())))
                .ifPresent(branches::add);
        branches.addAll(requests());
        Optional.ofNullable(status.previous())
                .map(previous -> new Branch(named("  previous", previous.collection()), List.of()))
                .ifPresent(branches::add);
        status.retiring().stream().map(this::retiring).forEach(branches::add);
        if (!status.history().isEmpty()) {
            branches.add(new Branch("  history", history()));
        }
        return branches;
    }

    private Branch active(Active active) {
        ConditionStatus serving = seen.condition(ConditionType.Serving).map(Condition::status)
                .orElse(ConditionStatus.Unknown);
        Mark mark = switch (serving) {
            case True -> Mark.GOOD;
            case False -> Mark.BAD;
            case Unknown -> Mark.WAITING;
        };
        return leaf(mark, "active", format("%s, revision %d, for %s", active.collection(), active.revision(),
                Age.since(active.since(), now)));
    }

    private Branch proof(Proof proof) {
        if (proof.awaitsAnswers()) {
            return leaf(proof.hasStaleAnswers() ? Mark.BAD : Mark.WAITING, "proof", proof.inWords());
        }
        return proof.asked() == 0
                ? new Branch(named("  proof", proof.inWords()), List.of())
                : leaf(Mark.GOOD, "proof", proof.inWords());
    }

    private Branch candidate(Candidate candidate) {
        boolean failed = candidate.gates().stream().anyMatch(gate -> gate.verdict() == Verdict.Failed);
        return new Branch(
                (failed ? Mark.BAD : Mark.WAITING).before(
                        named("candidate", format("%s, for %s", candidate.collection(),
                                Age.since(candidate.since(), now))),
                        paint),
                gates(candidate.gates()));
    }

    private Branch preview(Preview preview) {
        return preview.collection() == null
                ? leaf(Mark.WAITING, "preview", preview.alias())
                : leaf(Mark.GOOD, "preview", format("%s at %s", preview.alias(), preview.collection()));
    }

    private Branch retiring(Retiring retiring) {
        if (retiring.message() != null) {
            return leaf(Mark.BAD, "retiring", retiring.message());
        }
        Duration left = Duration.between(now, retiring.at());
        return leaf(Mark.WAITING, "retiring", left.isNegative()
                ? format("%s, about to be released from memory", retiring.collection())
                : format("%s, released from memory in %s", retiring.collection(), Age.of(left)));
    }

    private Branch verification(Verification verification) {
        int failures = verification.failures() == null ? 0 : verification.failures();
        Duration left = Duration.between(now, verification.until());
        String until = left.isNegative() ? "the last look is due" : format("%s left", Age.of(left));
        return new Branch((failures > 0 ? Mark.BAD : Mark.WAITING).before(
                named("verifying", failures == 0 ? until : format("%s, failed %d times in a row", until, failures)),
                paint), gates(verification.gates()));
    }

    private List<Branch> gates(List<GateResult> gates) {
        int width = gates.stream().mapToInt(gate -> gate.name().length()).max().orElse(0);
        return gates.stream()
                .map(gate -> new Branch(Mark.of(gate.verdict())
                        .before(Columns.pad(gate.name(), width) + "  " + gate.message(), paint), List.of()))
                .toList();
    }

    /** The requests that the operator has not handled yet. */
    private List<Branch> requests() {
        if (seen.alias().getMetadata().getAnnotations() == null) {
            return List.of();
        }
        Requests requests = new Requests(seen.alias().getMetadata().getAnnotations());
        return List.of(Request.Kind.values()).stream()
                .flatMap(kind -> requests.pending(kind, status.handledRequests()).stream())
                .map(request -> leaf(Mark.WAITING, "requested", request.toString())).toList();
    }

    private List<Branch> history() {
        List<List<String>> rows = status.history().stream().limit(MOST_HISTORY).map(this::row).toList();
        List<Branch> branches = new ArrayList<>(
                Columns.align(rows).stream().map(row -> new Branch(row, List.of())).toList());
        int more = status.history().size() - rows.size();
        if (more > 0) {
            branches.add(new Branch(paint.faint(format("and %d older ones", more)), List.of()));
        }
        return branches;
    }

    private List<String> row(HistoryEntry entry) {
        String change = entry.from() == null ? entry.to() : entry.from() + " → " + entry.to();
        String why = entry.requestedBy() == null ? entry.cause() : entry.cause() + " by " + entry.requestedBy();
        return List.of(String.valueOf(entry.revision()), change, why, Age.since(entry.time(), now) + " ago",
                HistoryTable.took(entry));
    }

    private Branch leaf(Mark mark, String name, String text) {
        return new Branch(mark.before(named(name, text), paint), List.of());
    }

    private static String named(String name, String text) {
        int indent = name.startsWith(" ") ? 2 : 0; // the width of a mark, which other lines have here
        return Columns.pad(name, BRANCH + indent) + text;
    }
}
