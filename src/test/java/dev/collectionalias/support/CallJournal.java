package dev.collectionalias.support;

import java.util.ArrayList;
import java.util.List;

/** Every call that reached the server, in the order of arrival, refused ones too. */
public final class CallJournal {

    private final List<RpcCall> calls = new ArrayList<>();

    synchronized void add(RpcCall call) {
        calls.add(call);
    }

    public synchronized List<RpcCall> all() {
        return List.copyOf(calls);
    }

    public List<RpcCall> of(Rpc rpc) {
        return all().stream().filter(call -> call.rpc() == rpc).toList();
    }

    /** The calls that create, alter or drop an alias. */
    public List<RpcCall> aliasWrites() {
        return all().stream().filter(call -> call.rpc().writesAlias()).toList();
    }

    /** The calls that change an alias, or what is in memory. */
    public List<RpcCall> writes() {
        return all().stream().filter(call -> call.rpc().writes()).toList();
    }

    /** Those that name the default database, which some servers do not know by its name. */
    public List<RpcCall> namingTheDefaultDatabase() {
        return all().stream().filter(call -> call.database().equals(MilvusState.DEFAULT_DATABASE)
                || call.header().equals(MilvusState.DEFAULT_DATABASE)).toList();
    }

    public synchronized void clear() {
        calls.clear();
    }
}
