package dev.collectionalias.support;

import java.util.List;
import java.util.stream.Stream;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.milvus.grpc.AlterCollectionRequest;

/**
 * A call as it arrived; what a request has no field for is empty, and so is a database that was not named.
 *
 * @param header     the database that was named beside the request
 * @param properties what is set or deleted, as in {@code +key=value} or {@code -key}
 */
public record RpcCall(Rpc rpc, String database, String header, String alias, String collection,
        List<String> properties) {

    public RpcCall(Rpc rpc, String database, String alias, String collection) {
        this(rpc, database, "", alias, collection, List.of());
    }

    static RpcCall of(Rpc rpc, Message request) {
        return new RpcCall(rpc, text(request, "db_name"), CallDatabase.header(), text(request, "alias"),
                text(request, "collection_name"),
                request instanceof AlterCollectionRequest alter ? properties(alter) : List.of());
    }

    private static List<String> properties(AlterCollectionRequest request) {
        return Stream.concat(
                request.getPropertiesList().stream().map(set -> "+" + set.getKey() + "=" + set.getValue()),
                request.getDeleteKeysList().stream().map(key -> "-" + key)).toList();
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
                : where + alias + (collection.isEmpty() ? "" : " -> " + collection)) + " "
                + String.join(" ", properties))
                .strip();
    }
}
