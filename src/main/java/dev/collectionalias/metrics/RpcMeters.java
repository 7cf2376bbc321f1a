package dev.collectionalias.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.collectionalias.milvus.MilvusException;
import dev.collectionalias.milvus.RpcObserver;
import dev.collectionalias.plan.ConnectionName;
import io.micrometer.core.instrument.Timer;

/** Measures the calls to each server. */
record RpcMeters(Timers timers) {

    static final String OK = "OK";

    private record Call(String method, String code) {}

    /** Measures for one client, and looks up a meter by its labels only once. */
    RpcObserver of(ConnectionName connection) {
        String label = Connections.label(connection);
        Map<Call, Timer> known = new ConcurrentHashMap<>();
        return (method, failure, took) -> known
                .computeIfAbsent(new Call(method, failure.map(MilvusException.Kind::name).orElse(OK)),
                        call -> timers.of(Metric.RPC_TIME, call.method(), call.code(), label))
                .record(took);
    }
}
