package dev.collectionalias.gitops.forecast;

import static java.lang.String.format;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.GateResult;
import dev.collectionalias.cli.Columns;
import dev.collectionalias.cli.Mark;
import dev.collectionalias.cli.Paint;
import dev.collectionalias.gitops.output.Count;
import dev.collectionalias.gitops.server.AliasName;

/** A plan for people. It lists what the operator does and what stands in the way, and only counts what is in place. */
final class PlanText {

    private static final List<String> HEAD = List.of("ACTION", "ALIAS", "FROM", "TO", "OBJECT");

    private final Plan plan;
    private final Paint paint;

    private PlanText(Plan plan, Paint paint) {
        this.plan = plan;
        this.paint = paint;
    }

    static List<String> lines(Plan plan, Paint paint) {
        return new PlanText(plan, paint).lines();
    }

    private List<String> lines() {
        List<Change> told = plan.changes().stream()
                .filter(change -> change.action() != Action.NONE || change.reason() != null
                        || change.preview() != null)
                .toList();
        List<String> lines = new ArrayList<>();
        if (!told.isEmpty()) {
            List<String> rows = Columns
                    .align(Stream.concat(Stream.of(HEAD), told.stream().map(PlanText::row)).toList());
            lines.add(paint.bold(rows.getFirst()));
            for (int i = 0; i < told.size(); i++) {
                lines.add(rows.get(i + 1));
                details(told.get(i)).map(detail -> "  " + detail).forEach(lines::add);
            }
            lines.add("");
        }
        lines.add(summary());
        return lines;
    }

    private static List<String> row(Change change) {
        return List.of(change.action().word(), new AliasName(change.database(), change.alias()).toString(),
                change.from() == null ? "" : change.from(), change.to(), change.object());
    }

    private Stream<String> details(Change change) {
        Mark mark = change.action() == Action.CONFLICT ? Mark.BAD : Mark.WAITING;
        Stream<String> reason = Stream.ofNullable(change.reason())
                .map(word -> mark.before(word + ": " + change.message(), paint));
        Stream<String> note = Stream.ofNullable(change.message()).filter(message -> change.reason() == null)
                .map(message -> Mark.WAITING.before(message, paint));
        Stream<String> gates = change.gates().stream().map(this::gate);
        Stream<String> preview = Stream.ofNullable(change.preview()).map(moved -> format("  preview %s: %s%s",
                moved.alias(), moved.from() == null ? "" : moved.from() + " → ",
                moved.to() == null ? "dropped" : moved.to()));
        return Stream.of(reason, note, gates, preview).flatMap(lines -> lines);
    }

    private String gate(GateResult gate) {
        return Mark.of(gate.verdict()).before(gate.name() + ": " + gate.message(), paint);
    }

    private String summary() {
        long held = plan.changes().stream().filter(Change::isHeld).count();
        long previews = plan.changes().stream().filter(change -> change.preview() != null).count();
        long inPlace = plan.of(Action.NONE).count() + plan.of(Action.ADOPT).count();
        String adopted = plan.of(Action.ADOPT).findAny().isEmpty()
                ? ""
                : format(", %d of them taken over without a write", plan.of(Action.ADOPT).count());
        String skipped = plan.skipped() == 0 ? "" : format("; %s skipped", Count.of(plan.skipped(), "other document"));
        if (!plan.hasChanges() && !plan.hasConflicts()) {
            return format("No changes: %s in place%s%s", Count.of(inPlace, "alias", "aliases"), adopted, skipped);
        }
        return format("%d to create, %d to switch%s, %d in conflict, %d in place%s%s%s",
                plan.of(Action.CREATE).count(), plan.of(Action.SWITCH).count(),
                held == 0 ? "" : format(" (%d held back)", held), plan.of(Action.CONFLICT).count(), inPlace, adopted,
                previews == 0 ? "" : format(", %s to move", Count.of(previews, "preview")), skipped);
    }
}
