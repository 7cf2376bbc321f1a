package dev.collectionalias.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.collectionalias.support.Rpc;
import dev.collectionalias.support.RpcCall;
import org.junit.jupiter.api.Test;

class RpcCostsTest {

    private static final Map<Rpc, RpcFloor> FLOORS = Map.of(Rpc.ALTER_ALIAS, floor(5), Rpc.DESCRIBE_ALIAS, floor(2));

    private static RpcFloor floor(long millis) {
        return new RpcFloor(Latencies.ofNanos(millis * 1_000_000), 0);
    }

    private static RpcCosts switching(Map<Rpc, Double> counts) {
        return new RpcCosts(Map.of(Phase.SWITCH, counts));
    }

    private static Stream<RpcCall> calls(Rpc rpc, int count) {
        return IntStream.range(0, count).mapToObj(number -> new RpcCall(rpc, "", "alias", ""));
    }

    @Test
    void whatGoesOnBesideIsNotCounted() {
        List<RpcCall> calls = Stream.concat(calls(Rpc.ALTER_ALIAS, 20), calls(Rpc.LIST_ALIASES, 3)).toList();

        assertThat(RpcCosts.counted(calls, 10)).containsExactly(entry(Rpc.ALTER_ALIAS, 2.0));
    }

    @Test
    void theAllowanceIsTheTimeOfTheCallsThatTheOtherDoesNotMake() {
        RpcCosts ours = switching(Map.of(Rpc.ALTER_ALIAS, 1.0, Rpc.DESCRIBE_ALIAS, 3.0));
        RpcCosts other = switching(Map.of(Rpc.ALTER_ALIAS, 1.0, Rpc.DESCRIBE_ALIAS, 1.0));

        assertThat(ours.extraMillis(other, Phase.SWITCH, FLOORS, 50)).isEqualTo(4);
        assertThat(ours.extraMillis(other, Phase.CREATE, FLOORS, 50)).isZero();
    }

    @Test
    void aCallThatIsSavedMakesTheBoundStricter() {
        RpcCosts ours = switching(Map.of(Rpc.ALTER_ALIAS, 1.0));
        RpcCosts other = switching(Map.of(Rpc.ALTER_ALIAS, 1.0, Rpc.DESCRIBE_ALIAS, 1.0));

        assertThat(ours.extraMillis(other, Phase.SWITCH, FLOORS, 50)).isEqualTo(-2);
    }
}
