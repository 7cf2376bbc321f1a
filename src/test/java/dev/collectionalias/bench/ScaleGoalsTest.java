package dev.collectionalias.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

class ScaleGoalsTest {

    private static List<Goal> goals(ScaleFigures ours, ScaleFigures go) {
        return ScaleGoals.of(ScaleStage.report(Map.of(ThisOperator.DEFAULTS, ours, Yardstick.GO, go), Map.of()));
    }

    @Test
    void whatIsAtTheBoundIsMet() {
        assertThat(goals(ScaleStage.figures(1, 200, 5, 0), ScaleStage.figures(2, 100, 100, 100))).hasSize(11)
                .allSatisfy(goal -> assertThat(goal.met()).as(goal.what()).isTrue());
    }

    @Test
    void whatIsBeyondIsNot() {
        assertThat(goals(ScaleStage.figures(16.1, 201, 6, 1), ScaleStage.figures(32.1, 100, 100, 100))).hasSize(11)
                .allSatisfy(goal -> assertThat(goal.met()).as(goal.what()).isFalse());
    }

    /** The one start that took long does not count, the one hand-over does. */
    @Test
    void boundsAreThoseThatWereAskedFor() {
        assertThat(goals(ScaleStage.figures(1, 150, 5, 0), ScaleStage.figures(2, 70, 100, 100)))
                .extracting(Goal::what, Goal::figure, Goal::bound, Goal::met)
                .contains(tuple("start to the first look", 1.0, 1.5, true),
                        tuple("hand-over, stopped, the longest", 1.0, 1.0, true),
                        tuple("hand-over, killed, the longest", 1.0, 16.0, true),
                        tuple("memory at 100 objects", 150.0, 200.0, true),
                        tuple("memory at 100 objects, twice Go's", 150.0, 140.0, false),
                        tuple("calls of a sweep, one per collection", 5.0, 5.0, true),
                        tuple("restart, half of Go's", 10.0, 10.0, true),
                        tuple("written at rest", 0.0, 0.0, true), tuple("written by a restart", 0.0, 0.0, true));
    }

    @Test
    void withoutTheYardstickTheOthersAreLeft() {
        assertThat(ScaleGoals.of(ScaleStage.report(Map.of(ThisOperator.DEFAULTS, ScaleStage.figures(1, 201, 5, 0)),
                Map.of()))).hasSize(8).extracting(Goal::what).noneMatch(what -> what.contains("Go"));
    }

    @Test
    void whoGaveUpIsMeasuredByWhatThereIs() {
        assertThat(ScaleGoals.of(ScaleStage.report(Map.of(ThisOperator.DEFAULTS, ScaleStage.untilTheFew()),
                Map.of(ThisOperator.DEFAULTS, "too many")))).extracting(Goal::what, Goal::met)
                .containsExactly(tuple("start to the first look", true), tuple("memory at 10 objects", false),
                        tuple("is done with all", false));
    }
}
