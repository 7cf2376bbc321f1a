package dev.collectionalias.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

class ScaleSectionTest {

    private final List<String> lines = new ScaleSection(ScaleStage.report(
            new TreeMap<>(Map.of(ThisOperator.DEFAULTS, ScaleStage.figures(1.25, 150, 5, 0), Yardstick.GO,
                    ScaleStage.untilTheFew())),
            Map.of(Yardstick.GO, "too many"))).text().lines().toList();

    @Test
    void figuresAreInTables() {
        assertThat(lines).contains("| this operator, default gates | 80 |",
                "| this operator, default gates | 1.25 / 9.00 | 1.25 / 1.25 | 1.25 / 1.25 |",
                "| this operator, default gates | 150 / 151 | 150 / 151 | 150 / 151 | 60 | 1.5 | 0.5 |",
                "| this operator, default gates | 12.5 | 2 | 0 | 5 × LIST_ALIASES |",
                "| this operator, default gates | 31 | 0.02 |",
                "What is pulled of the image, MiB: Java runtime 27, libraries 43, application 12.5.");
    }

    @Test
    void whoGaveUpIsShownAsFarAsItGot() {
        assertThat(lines).contains("**Go, controller-runtime gave up**: too many",
                "| Go, controller-runtime | 300 / 301 | – | – | – | – | – |",
                "| Go, controller-runtime | – | – | – | – |");
    }
}
