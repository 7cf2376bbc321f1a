package dev.collectionalias.support;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

/** A call as it arrived; what a request has no field for is empty, and so is a database that was not named. */
public record RpcCall(Rpc rpc, String database, String alias, String collection) {

    static RpcCall of(Rpc rpc, Message request) {
        return new RpcCall(rpc, text(request, "db_name"), text(request, "alias"), text(request, "collection_name"));
    }

    private static String text(Message request, String name) {
        FieldDescriptor field = request.getDescriptorForType().findFieldByName(name);
        return field == null ? "" : request.getField(field).toString();
    }

    /** For example {@code ALTER_ALIAS products -> products_v2}. */
    @Override
    public String toString() {
        String where = database.isEmpty() || database.equals("default") ? "" : database + "/";
        return (rpc + " " + (alias.isEmpty()
                ? where + collection
                : where + alias + (collection.isEmpty() ? "" : " -> " + collection))).strip();
    }
}
