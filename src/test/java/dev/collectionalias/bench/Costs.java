package dev.collectionalias.bench;

import java.util.Map;

/** What an operator asks of the others for one object: of Milvus, and of the API server. */
record Costs(RpcCosts rpcs, Map<Phase, ApiRequests> requests) {

    String requests(Phase phase) {
        return requests.containsKey(phase) ? requests.get(phase).described() : "";
    }
}
