package dev.collectionalias.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.collectionalias.bench.ScaleFigures.Activity;
import dev.collectionalias.support.Rpc;

/** Reports of runs that never were. */
final class ScaleStage {

    private ScaleStage() {}

    /** With 10 and 100 objects over 5 collections. */
    static ScaleReport report(Map<String, ScaleFigures> figures, Map<String, String> gaveUp) {
        return new ScaleReport(new ScaleSettings(100, 10, 2, 5, Duration.ofMinutes(1), 3, 1), "a Milvus", figures,
                gaveUp, new ImageLayers(27, 43, 12.5));
    }

    /**
     * @param seconds that a start and each hand-over take
     * @param mib     of memory
     * @param looks   at rest, and by a restart
     * @param writes  the same
     */
    static ScaleFigures figures(double seconds, double mib, long looks, long writes) {
        Round.Memory memory = new Round.Memory(mib, mib + 1);
        Activity activity = new Activity(10 * seconds, 2, Map.of(Rpc.LIST_ALIASES, looks), writes, memory);
        return new ScaleFigures(List.of(seconds, seconds, 9.0), List.of(seconds), List.of(seconds), 80,
                Map.of(10, memory, 100, memory), Optional.of(activity),
                Optional.of(new ScaleFigures.Drift(31, 0.021)), Optional.of(activity),
                Optional.of(new ScaleFigures.Answer(0.5, 1.5)), Optional.of(60.0));
    }

    /** Of one that could not take as many objects. */
    static ScaleFigures untilTheFew() {
        return new ScaleFigures(List.of(1.0), List.of(), List.of(), Double.NaN,
                Map.of(10, new Round.Memory(300, 301)), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty());
    }
}
