package dev.collectionalias.bench;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.collectionalias.support.Rpc;

/**
 * What one operator did with many objects, as far as it got. Times are in seconds.
 *
 * @param starts    from the start of the process to its first look at Milvus for an object that was settled
 * @param stopped   from the signal to stop to the first look of the process that takes over
 * @param killed    the same after a kill
 * @param perSecond objects that became ready a second, while there became more and more
 * @param memory    by the number of objects
 * @param rest      a period in which nobody asked for anything
 * @param drift     what became of one alias that somebody else moved
 * @param restart   until it had looked at all objects again
 * @param metrics   what it said at /metrics, with all objects
 * @param heapMib   of Java objects that are in use, with all objects
 */
record ScaleFigures(List<Double> starts, List<Double> stopped, List<Double> killed, double perSecond,
        Map<Integer, Round.Memory> memory, Optional<Activity> rest, Optional<Drift> drift,
        Optional<Activity> restart, Optional<Answer> metrics, Optional<Double> heapMib) {

    /** Calls that tell whether the server is there, whatever it holds. */
    private static final Set<Rpc> SIGNS_OF_LIFE = Set.of(Rpc.CONNECT, Rpc.GET_VERSION);

    /**
     * What was done in a time.
     *
     * @param rpcs   by kind, in the order of arrival
     * @param writes to the API server, leases not among them, and to Milvus
     * @param memory at its end
     */
    record Activity(double seconds, double cpuSeconds, Map<Rpc, Long> rpcs, long writes, Round.Memory memory) {

        /** Those that ask for something that Milvus holds. */
        long looks() {
            return rpcs.entrySet().stream().filter(entry -> !SIGNS_OF_LIFE.contains(entry.getKey()))
                    .mapToLong(Map.Entry::getValue).sum();
        }

        String described() {
            return rpcs.entrySet().stream().map(entry -> "%d × %s".formatted(entry.getValue(), entry.getKey()))
                    .collect(Collectors.joining(", "));
        }
    }

    /**
     * @param noticed until it asked about the collection that the alias had left
     * @param mended  from there to the call that moved the alias back
     */
    record Drift(double noticed, double mended) {}

    record Answer(double seconds, double mib) {}
}
