package dev.collectionalias.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A figure that shall not be worse than a bound from the same run.
 *
 * @param atMost whether the figure shall be at most the bound; else at least
 */
record Goal(String server, String what, String unit, double figure, double bound, boolean atMost) {

    private static final double MEMORY_LIMIT_MIB = 200;
    private static final double TIMES_GO_MEMORY = 2.0;

    boolean met() {
        return atMost ? figure <= bound : figure >= bound;
    }

    double ratio() {
        return figure / bound;
    }

    /** One of its two figures with the unit. */
    String shown(double number) {
        return (Numbers.shown(number) + " " + unit).strip();
    }

    /** Those that this report can tell of: without the Go yardstick there is only the limit of memory. */
    static List<Goal> of(ServerReport report) {
        List<Goal> goals = new ArrayList<>();
        report.of(Yardstick.GO).ifPresent(go -> {
            report.of(ThisOperator.GATES_OFF).ifPresent(ours -> {
                goals.addAll(latencies(report, "gates off", ours, go, (phase, percentile) -> 0));
                goals.addAll(rates(report.server(), ours, go));
            });
            report.of(ThisOperator.DEFAULTS)
                    .ifPresent(ours -> goals.addAll(latencies(report, "default gates", ours, go,
                            (phase, percentile) -> report.costs().get(ThisOperator.DEFAULTS).rpcs().extraMillis(
                                    report.costs().get(Yardstick.GO).rpcs(), phase, report.rpcFloors(), percentile))));
        });
        report.of(ThisOperator.DEFAULTS).ifPresent(ours -> {
            double resident = ours.memory().residentMib();
            report.of(Yardstick.GO).ifPresent(go -> goals.add(new Goal(report.server(), "memory, twice Go's", "MiB",
                    resident, TIMES_GO_MEMORY * go.memory().residentMib(), true)));
            goals.add(new Goal(report.server(), "memory", "MiB", resident, MEMORY_LIMIT_MIB, true));
        });
        return goals;
    }

    /** What may be added to Go's latency. */
    private interface Allowance {
        double millis(Phase phase, int percentile);
    }

    private static List<Goal> latencies(ServerReport report, String gates, Round ours, Round go, Allowance allowance) {
        List<Goal> goals = new ArrayList<>();
        for (int percentile : List.of(50, 99)) {
            goals.add(new Goal(report.server(), "%s: create, p%d".formatted(gates, percentile), "ms",
                    ours.steadyCreate().done().percentile(percentile),
                    go.steadyCreate().done().percentile(percentile) + allowance.millis(Phase.CREATE, percentile),
                    true));
            goals.add(new Goal(report.server(), "%s: switch, p%d".formatted(gates, percentile), "ms",
                    ours.steadySwitch().active().percentile(percentile),
                    go.steadySwitch().active().percentile(percentile) + allowance.millis(Phase.SWITCH, percentile),
                    true));
        }
        return goals;
    }

    private static List<Goal> rates(String server, Round ours, Round go) {
        return List.of(rate(server, "create", ours, go, round -> round.burstCreate().perSecond()),
                rate(server, "switch", ours, go, round -> round.burstSwitch().activePerSecond()),
                rate(server, "delete", ours, go, round -> round.burstDelete().perSecond()));
    }

    private static Goal rate(String server, String phase, Round ours, Round go, Function<Round, Double> figure) {
        return new Goal(server, "gates off: burst of %ss".formatted(phase).replace("switchs", "switches"), "/s",
                figure.apply(ours), figure.apply(go), false);
    }
}
