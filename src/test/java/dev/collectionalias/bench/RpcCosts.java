package dev.collectionalias.bench;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.collectionalias.support.Rpc;
import dev.collectionalias.support.RpcCall;

/** How many calls of each kind an operator makes for one object in a phase. */
record RpcCosts(Map<Phase, Map<Rpc, Double>> perObject) {

    /** Fewer calls than this for each object are of something that goes on beside. */
    static final double BESIDE = 0.5;

    static Map<Rpc, Double> counted(List<RpcCall> calls, int objects) {
        Map<Rpc, Double> counts = calls.stream().collect(Collectors.groupingBy(RpcCall::rpc,
                () -> new EnumMap<>(Rpc.class), Collectors.collectingAndThen(Collectors.counting(),
                        count -> (double) count / objects)));
        counts.values().removeIf(count -> count < BESIDE);
        return counts;
    }

    double of(Phase phase, Rpc rpc) {
        return perObject.getOrDefault(phase, Map.of()).getOrDefault(rpc, 0.0);
    }

    /** What the calls take, in milliseconds, that this one makes beyond another's. Calls that were saved count, too. */
    double extraMillis(RpcCosts other, Phase phase, Map<Rpc, RpcFloor> floors, int percentile) {
        return floors.entrySet().stream().mapToDouble(floor -> (of(phase, floor.getKey())
                - other.of(phase, floor.getKey())) * floor.getValue().steady().percentile(percentile)).sum();
    }

    /** For example {@code 1 CREATE_ALIAS, 2 DESCRIBE_ALIAS}. */
    String described(Phase phase) {
        return perObject.getOrDefault(phase, Map.of()).entrySet().stream()
                .map(entry -> "%s × %s".formatted(Numbers.shown(entry.getValue()), entry.getKey()))
                .collect(Collectors.joining(", "));
    }
}
