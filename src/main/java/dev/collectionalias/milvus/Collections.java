package dev.collectionalias.milvus;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.collectionalias.milvus.MilvusException.Kind;
import dev.collectionalias.plan.seen.CollectionState;
import io.milvus.v2.service.collection.request.AlterCollectionPropertiesReq;
import io.milvus.v2.service.collection.request.DescribeCollectionReq;
import io.milvus.v2.service.collection.request.DropCollectionPropertiesReq;
import io.milvus.v2.service.collection.request.HasCollectionReq;
import io.milvus.v2.service.collection.request.ListCollectionsReq;
import io.milvus.v2.service.collection.response.DescribeCollectionResp;

/** The collections of one database: which one a name stands for, and its properties. */
record Collections(ServerCalls calls) {

    List<String> list() {
        return calls.find("listCollections", sdk -> sdk.listCollectionsV2(
                ListCollectionsReq.builder().databaseName(calls.database()).build()).getCollectionNames())
                .orElse(List.of());
    }

    Optional<String> id(String collection) {
        try {
            return describe(collection).map(found -> String.valueOf(found.getCollectionID()));
        } catch (MilvusException e) {
            // The SDK can't read every collection, for example one of consistency "Customized".
            if (e.kind() == Kind.UNREADABLE && exists(collection)) {
                return Optional.of(CollectionState.NO_ID);
            }
            throw e;
        }
    }

    Set<String> aliases(String collection) {
        return calls.find("describeCollection " + collection, sdk -> sdk.aliasesOf(calls.database(), collection))
                .orElse(Set.of());
    }

    /** Empty optional if there is no such collection; empty map if the SDK can't read it. */
    Optional<Map<String, String>> properties(String collection) {
        try {
            return Optional.of(describe(collection).map(DescribeCollectionResp::getProperties).orElse(Map.of()));
        } catch (MilvusException e) {
            if (e.kind() == Kind.UNREADABLE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    void setProperty(String collection, String key, String value) {
        calls.change("alterCollection " + collection,
                sdk -> sdk.alterCollectionProperties(AlterCollectionPropertiesReq.builder()
                        .databaseName(calls.database()).collectionName(collection).property(key, value).build()));
    }

    void dropProperty(String collection, String key) {
        calls.change("alterCollection " + collection,
                sdk -> sdk.dropCollectionProperties(DropCollectionPropertiesReq.builder()
                        .databaseName(calls.database()).collectionName(collection).propertyKeys(List.of(key))
                        .build()));
    }

    private Optional<DescribeCollectionResp> describe(String collection) {
        return calls.find("describeCollection " + collection, sdk -> sdk.describeCollection(DescribeCollectionReq
                .builder().databaseName(calls.database()).collectionName(collection).build()));
    }

    private boolean exists(String collection) {
        return calls.call("hasCollection " + collection, sdk -> sdk.hasCollection(
                HasCollectionReq.builder().databaseName(calls.database()).collectionName(collection).build()));
    }
}
