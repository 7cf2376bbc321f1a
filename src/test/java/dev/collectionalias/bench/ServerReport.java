package dev.collectionalias.bench;

import java.util.Map;
import java.util.Optional;

import dev.collectionalias.support.Rpc;

/**
 * What was measured on one Milvus.
 *
 * @param rounds by contender, in the order of the table; all rounds in one
 * @param costs  by contender, counted on a double of that version
 */
record ServerReport(String server, Map<Rpc, RpcFloor> rpcFloors, Map<String, Round> rounds,
        Map<String, Costs> costs) {

    Optional<Round> of(String contender) {
        return Optional.ofNullable(rounds.get(contender));
    }
}
