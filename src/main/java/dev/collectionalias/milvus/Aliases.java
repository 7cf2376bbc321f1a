package dev.collectionalias.milvus;

import java.util.List;
import java.util.Optional;

import dev.collectionalias.milvus.MilvusException.Kind;
import io.milvus.v2.service.utility.request.AlterAliasReq;
import io.milvus.v2.service.utility.request.CreateAliasReq;
import io.milvus.v2.service.utility.request.DescribeAliasReq;
import io.milvus.v2.service.utility.request.DropAliasReq;
import io.milvus.v2.service.utility.request.ListAliasesReq;

/** The aliases of one database. */
record Aliases(ServerCalls calls) {

    Optional<String> describe(String alias) {
        return calls.find("describeAlias " + alias, sdk -> sdk
                .describeAlias(DescribeAliasReq.builder().databaseName(calls.database()).alias(alias).build())
                .getCollectionName());
    }

    /** @param collection lists only its aliases; empty: lists all aliases of the database */
    List<String> list(String collection) {
        return calls.find(("listAliases " + collection).strip(),
                sdk -> sdk.listAliases(ListAliasesReq.builder().databaseName(calls.database())
                        .collectionName(collection).build()).getAlias())
                .orElse(List.of());
    }

    void create(String alias, String collection) {
        try {
            calls.change("createAlias " + alias, sdk -> sdk.createAlias(CreateAliasReq.builder()
                    .databaseName(calls.database()).alias(alias).collectionName(collection).build()));
        } catch (MilvusException e) {
            if (e.kind() != Kind.ALIAS_EXISTS) {
                throw e;
            }
            // Servers report an existing alias in different ways, so the collection that it points at decides.
            Optional<String> target = describe(alias);
            if (target.isEmpty()) {
                alter(alias, collection);
            } else if (!target.get().equals(collection)) {
                throw e;
            }
        }
    }

    void alter(String alias, String collection) {
        calls.change("alterAlias " + alias, sdk -> sdk.alterAlias(AlterAliasReq.builder()
                .databaseName(calls.database()).alias(alias).collectionName(collection).build()));
    }

    void drop(String alias) {
        calls.change("dropAlias " + alias,
                sdk -> sdk.dropAlias(DropAliasReq.builder().databaseName(calls.database()).alias(alias).build()));
    }
}
