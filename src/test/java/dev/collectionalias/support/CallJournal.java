package dev.collectionalias.support;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every call that reached the server, in the order of arrival, refused ones too. */
public final class CallJournal {

    private final List<RpcCall> calls = new CopyOnWriteArrayList<>();

    void add(RpcCall call) {
        calls.add(call);
    }

    public List<RpcCall> all() {
        return List.copyOf(calls);
    }

    public List<RpcCall> of(Rpc rpc) {
        return calls.stream().filter(call -> call.rpc() == rpc).toList();
    }

    /** The calls that create, alter or drop an alias. */
    public List<RpcCall> aliasWrites() {
        return calls.stream().filter(call -> call.rpc().writesAlias()).toList();
    }

    /** The calls that change an alias, or what is in memory. */
    public List<RpcCall> writes() {
        return calls.stream().filter(call -> call.rpc().writes()).toList();
    }

    public void clear() {
        calls.clear();
    }
}
