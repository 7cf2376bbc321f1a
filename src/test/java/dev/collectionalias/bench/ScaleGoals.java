package dev.collectionalias.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.collectionalias.bench.ScaleFigures.Activity;

/** What this operator shall do with many objects. Those that compare need the Go yardstick. */
final class ScaleGoals {

    private static final double START_SECONDS = 1.5;
    private static final double CLEAN_HAND_OVER_SECONDS = 1;
    /** The lease lasts for as long, and one second more. */
    private static final double HAND_OVER_SECONDS = 15 + CLEAN_HAND_OVER_SECONDS;
    private static final double MEMORY_LIMIT_MIB = 200;
    private static final double TIMES_GO_MEMORY = 2.0;
    private static final double TIMES_GO_RESTART = 0.5;

    private final ScaleReport report;
    private final List<Goal> goals = new ArrayList<>();

    private ScaleGoals(ScaleReport report) {
        this.report = report;
    }

    static List<Goal> of(ScaleReport report) {
        ScaleGoals goals = new ScaleGoals(report);
        report.of(ThisOperator.DEFAULTS).ifPresent(ours -> goals.add(ours, report.of(Yardstick.GO)));
        if (report.gaveUp().containsKey(ThisOperator.DEFAULTS)) {
            goals.atMost("is done with all", "", Double.NaN, Double.NaN);
        }
        return List.copyOf(goals.goals);
    }

    private void add(ScaleFigures ours, Optional<ScaleFigures> go) {
        atMost("start to the first look", "s", Medians.of(ours.starts()), START_SECONDS);
        ours.stopped().stream().max(Comparator.naturalOrder()).ifPresent(
                longest -> atMost("hand-over, stopped, the longest", "s", longest, CLEAN_HAND_OVER_SECONDS));
        ours.killed().stream().max(Comparator.naturalOrder()).ifPresent(
                longest -> atMost("hand-over, killed, the longest", "s", longest, HAND_OVER_SECONDS));
        for (int objects : List.of(report.settings().few(), report.settings().objects())) {
            Optional.ofNullable(ours.memory().get(objects)).ifPresent(memory -> memory(objects, memory.residentMib(),
                    go.flatMap(other -> Optional.ofNullable(other.memory().get(objects)))));
        }
        ours.rest().ifPresent(rest -> {
            atMost("calls of a sweep, one per collection", "", (double) rest.looks(), report.settings().collections());
            writes("at rest", rest);
        });
        ours.restart().ifPresent(restart -> {
            go.flatMap(ScaleFigures::restart).ifPresent(other -> atMost("restart, half of Go's", "s",
                    restart.seconds(), TIMES_GO_RESTART * other.seconds()));
            writes("by a restart", restart);
        });
    }

    private void memory(int objects, double mib, Optional<Round.Memory> go) {
        String what = "memory at %d objects".formatted(objects);
        go.ifPresent(other -> atMost(what + ", twice Go's", "MiB", mib, TIMES_GO_MEMORY * other.residentMib()));
        atMost(what, "MiB", mib, MEMORY_LIMIT_MIB);
    }

    private void writes(String when, Activity activity) {
        atMost("written " + when, "", (double) activity.writes(), 0);
    }

    private void atMost(String what, String unit, double figure, double bound) {
        goals.add(new Goal("%d objects".formatted(report.settings().objects()), what, unit, figure, bound, true));
    }
}
