package dev.collectionalias.bench;

import java.util.LinkedHashMap;
import java.util.stream.Collectors;

import dev.collectionalias.bench.ScaleFigures.Activity;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.RpcCall;

/** What was counted before something began, and what was done since. */
record Tally(ControlPlane controlPlane, InProcessMilvus milvus, ApiRequests requests, double cpuMillis) {

    /** For a process that does not run yet. */
    static Tally begin(ControlPlane controlPlane, InProcessMilvus milvus) {
        return begin(controlPlane, milvus, 0);
    }

    static Tally begin(ControlPlane controlPlane, InProcessMilvus milvus, ProcessUsage process) {
        return begin(controlPlane, milvus, process.cpuMillis());
    }

    private static Tally begin(ControlPlane controlPlane, InProcessMilvus milvus, double cpuMillis) {
        ApiRequests requests = ApiRequests.soFar(controlPlane);
        milvus.journal().clear();
        return new Tally(controlPlane, milvus, requests, cpuMillis);
    }

    Activity end(double seconds, ProcessUsage process) {
        return new Activity(seconds, (process.cpuMillis() - cpuMillis) / 1000,
                milvus.journal().all().stream().collect(
                        Collectors.groupingBy(RpcCall::rpc, LinkedHashMap::new, Collectors.counting())),
                milvus.journal().writes().size() + ApiRequests.soFar(controlPlane).writesSince(requests),
                process.memory());
    }
}
