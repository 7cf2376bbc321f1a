package dev.collectionalias.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.collectionalias.bench.ScaleFigures.Activity;
import dev.collectionalias.bench.ScaleFigures.Drift;

/** The part of {@link ResultsPage} that tells of many objects. */
record ScaleSection(ScaleReport report) {

    private static final String NOTHING = Numbers.shown(Double.NaN);

    String text() {
        ScaleSettings settings = report.settings();
        return """
                ## At scale

                %d aliases over %d collections on %s: in %d databases for this operator, in one for yardsticks, which know no other.
                This operator looks at each alias once in %d s here, so that a period at rest is one sweep; yardsticks look when they
                start, and never again.

                %s%s
                One object, seconds, the median and the longest. *First look*: the first call to Milvus about an alias.

                %s
                Memory, MiB: resident / peak. With many objects /metrics has been asked for once, where there is such a thing.

                %s
                At rest, %d s:

                %s
                An alias that somebody else moved, seconds:

                %s
                A restart, until all objects were looked at again:

                %s
                What is pulled of the image, MiB: Java runtime %s, libraries %s, application %s.
                """
                .formatted(settings.objects(), settings.collections(), report.server(), settings.databases(),
                        settings.refresh().toSeconds(), gaveUp(), growth(), starts(), memory(),
                        settings.refresh().toSeconds(), activities(ScaleFigures::rest), drift(),
                        activities(ScaleFigures::restart), Numbers.shown(report.image().runtimeMib()),
                        Numbers.shown(report.image().librariesMib()), Numbers.shown(report.image().applicationMib()));
    }

    private String gaveUp() {
        return report.gaveUp().entrySet().stream()
                .map(entry -> "**%s gave up**: %s%n%n".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining());
    }

    private String growth() {
        return table(List.of("created at once, objects per second"),
                figures -> List.of(Numbers.shown(figures.perSecond())));
    }

    private String starts() {
        return table(List.of("start → first look", "stop → first look of the next", "kill → first look of the next"),
                figures -> List.of(times(figures.starts()), times(figures.stopped()), times(figures.killed())));
    }

    private static String times(List<Double> seconds) {
        return seconds.isEmpty()
                ? NOTHING
                : "%s / %s".formatted(Numbers.ratio(Medians.of(seconds)),
                        Numbers.ratio(seconds.stream().mapToDouble(Double::doubleValue).max().orElseThrow()));
    }

    private String memory() {
        List<String> head = new ArrayList<>();
        int[] counts = {report.settings().few(), report.settings().objects()};
        Arrays.stream(counts).forEach(count -> head.add("%d objects".formatted(count)));
        head.addAll(List.of("after the restart", "Java heap in use", "/metrics, MiB", "/metrics, s"));
        return table(head, figures -> Stream.concat(
                Arrays.stream(counts).mapToObj(count -> memory(Optional.ofNullable(figures.memory().get(count)))),
                Stream.of(memory(figures.restart().map(Activity::memory)), shown(figures.heapMib()),
                        shown(figures.metrics().map(ScaleFigures.Answer::mib)),
                        shown(figures.metrics().map(ScaleFigures.Answer::seconds))))
                .toList());
    }

    private static String memory(Optional<Round.Memory> memory) {
        return memory.map(mib -> "%s / %s".formatted(Numbers.shown(mib.residentMib()), Numbers.shown(mib.peakMib())))
                .orElse(NOTHING);
    }

    private static String shown(Optional<Double> figure) {
        return Numbers.shown(figure.orElse(Double.NaN));
    }

    private String activities(Function<ScaleFigures, Optional<Activity>> of) {
        List<String> head = List.of("s", "CPU, s", "writes", "calls to Milvus");
        return table(head, figures -> of.apply(figures).map(activity -> List.of(Numbers.shown(activity.seconds()),
                Numbers.shown(activity.cpuSeconds()), Long.toString(activity.writes()), activity.described()))
                .orElse(Collections.nCopies(head.size(), NOTHING)));
    }

    private String drift() {
        return table(List.of("noticed after", "mended from there"),
                figures -> List.of(shown(figures.drift().map(Drift::noticed)),
                        Numbers.ratio(figures.drift().map(Drift::mended).orElse(Double.NaN))));
    }

    private String table(List<String> head, Function<ScaleFigures, List<String>> cells) {
        return MarkdownTable.of(Stream.concat(Stream.of(""), head.stream()).toList(),
                report.figures().entrySet().stream().map(entry -> Stream
                        .concat(Stream.of(entry.getKey()), cells.apply(entry.getValue()).stream()).toList()));
    }
}
