package dev.collectionalias.plan.cutover;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.plan.seen.CollectionFacts;
import dev.collectionalias.plan.seen.GateFacts;
import dev.collectionalias.plan.seen.RowCount;

/**
 * The candidate has as many rows as it needs. After the switch it also has kept them: nobody has truncated it.
 *
 * @param atSwitch how many rows it had right before the switch, if a gate counted them
 */
record RowsGate(Optional<Long> atSwitch) implements Gate {

    private static final int ALL = 100;

    /** A collection that lost more than nine of ten rows while the operator watched it. An empty one has none to lose. */
    private static final int LEAST_KEPT = 10;

    @Override
    public String name() {
        return "rows";
    }

    @Override
    public Optional<Judgement> judge(Cutover.Gates spec, GateFacts facts) {
        if (spec.rows() == null) {
            return Optional.empty();
        }
        Optional<Judgement> lost = facts.candidate().rows()
                .flatMap(rows -> lost(facts.candidate().state().name(), rows));
        if (lost.isPresent()) {
            return lost;
        }
        boolean compared = spec.rows().percentOfActive() != null && facts.baseline().isPresent();
        if (spec.rows().min() == null && !compared) {
            return Optional.empty();
        }
        Optional<RowCount> baseline = facts.baseline().flatMap(CollectionFacts::rows);
        if (facts.candidate().rows().isEmpty() || compared && baseline.isEmpty()) {
            return Judgement.waiting("the rows could not be counted");
        }
        return judge(spec.rows(), facts.candidate().rows().get(), compared ? baseline : Optional.empty());
    }

    /** Compares only what the server has counted. Statistics lag behind. */
    private Optional<Judgement> lost(String name, RowCount now) {
        return atSwitch.filter(before -> now.exact() && now.rows() < Math.ceilDiv(before, LEAST_KEPT))
                .flatMap(before -> Judgement.failed(text(
                        "%s, and %,d right before the switch: somebody has truncated %s, or deleted most of its rows",
                        text(now), before, name)));
    }

    private static Optional<Judgement> judge(Cutover.Rows spec, RowCount candidate, Optional<RowCount> baseline) {
        long needed = 0;
        List<String> because = new ArrayList<>();
        if (spec.min() != null) {
            needed = spec.min();
        }
        if (baseline.isPresent()) {
            long share = Math.ceilDiv(baseline.get().rows() * spec.percentOfActive(), ALL);
            because.add(text("%d %% of %s", spec.percentOfActive(), text(baseline.get())));
            needed = Math.max(needed, share);
        }
        String message = text("%s; %,d needed%s", text(candidate), needed,
                because.isEmpty() ? "" : text(" (%s)", String.join(", ", because)));
        return candidate.rows() >= needed ? Judgement.passed(message) : Judgement.waiting(message);
    }

    private static String text(RowCount count) {
        return text("%,d rows%s", count.rows(), count.exact() ? "" : " by statistics");
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
