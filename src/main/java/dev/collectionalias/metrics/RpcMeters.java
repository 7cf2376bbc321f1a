package dev.collectionalias.metrics;

import dev.collectionalias.milvus.MilvusException;
import dev.collectionalias.milvus.RpcObserver;
import dev.collectionalias.plan.ConnectionName;

/** Measures the calls to each server. */
record RpcMeters(Timers timers) {

    static final String OK = "OK";

    RpcObserver of(ConnectionName connection) {
        String label = Connections.label(connection);
        return (method, failure, took) -> timers
                .of(Metric.RPC_TIME, method, failure.map(MilvusException.Kind::name).orElse(OK), label).record(took);
    }
}
