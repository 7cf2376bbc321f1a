package dev.collectionalias.milvus;

import java.util.List;
import java.util.Set;

import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.GetReplicasRequest;
import io.milvus.grpc.GetReplicasResponse;
import io.milvus.grpc.MilvusServiceGrpc.MilvusServiceBlockingStub;
import io.milvus.grpc.ReplicaInfo;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.client.RetryConfig;
import io.milvus.v2.utils.RpcUtils;

/** The SDK's client, extended by what it leaves out of servers' answers. */
final class Sdk extends MilvusClientV2 {

    private final MilvusServiceBlockingStub stub;

    Sdk(MilvusServiceBlockingStub stub) {
        super(null);
        this.stub = stub;
        setBlockingStub(stub);
        // The rules decide about a retry, because only they have seen everything.
        retryConfig(RetryConfig.builder().maxRetryTimes(1).build());
    }

    /** The SDK's own description of a collection has no aliases before 3.0.7. */
    Set<String> aliasesOf(String database, String collection) {
        DescribeCollectionResponse answer = stub.describeCollection(
                DescribeCollectionRequest.newBuilder().setDbName(database).setCollectionName(collection).build());
        new RpcUtils().handleResponse("describeCollection", answer.getStatus());
        return Set.copyOf(answer.getAliasesList());
    }

    /**
     * The resource group of each replica. The SDK's own call asks for the leaders of the shards, too, which a collection that
     * is loading does not have yet.
     */
    List<String> resourceGroupsOfReplicas(String database, String collection) {
        GetReplicasResponse answer = stub.getReplicas(
                GetReplicasRequest.newBuilder().setDbName(database).setCollectionName(collection).build());
        new RpcUtils().handleResponse("getReplicas", answer.getStatus());
        return answer.getReplicasList().stream().map(ReplicaInfo::getResourceGroupName).toList();
    }
}
