package dev.collectionalias.milvus;

import java.time.Duration;
import java.util.Optional;

/** Hears of each call to a server once the call is over. */
public interface RpcObserver {

    RpcObserver NONE = (method, failure, took) -> {};

    /** @param failure what went wrong; empty: the call succeeded */
    void called(String method, Optional<MilvusException.Kind> failure, Duration took);
}
