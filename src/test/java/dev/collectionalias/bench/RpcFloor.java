package dev.collectionalias.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.collectionalias.support.CollectionShape;
import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.Rpc;
import dev.collectionalias.support.SdkClients;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.service.collection.request.DescribeCollectionReq;
import io.milvus.v2.service.collection.request.GetLoadStateReq;
import io.milvus.v2.service.index.request.DescribeIndexReq;
import io.milvus.v2.service.utility.request.AlterAliasReq;
import io.milvus.v2.service.utility.request.CreateAliasReq;
import io.milvus.v2.service.utility.request.DescribeAliasReq;
import io.milvus.v2.service.utility.request.DropAliasReq;
import io.milvus.v2.service.vector.request.QueryReq;

/**
 * What calls to Milvus take without any operator, with one client of the Java SDK.
 *
 * @param steady    how long a call takes at the rate of the load
 * @param perSecond how many are answered at the concurrency of a burst
 */
record RpcFloor(Latencies steady, double perSecond) {

    /** Every call that an operator makes for a create or a switch, each for the same aliases. */
    static Map<Rpc, RpcFloor> measure(MilvusServer milvus, Settings settings) {
        MilvusClientV2 sdk = SdkClients.of(milvus, 30_000);
        try {
            Map<Rpc, RpcFloor> floors = new LinkedHashMap<>();
            calls(sdk).forEach((rpc, call) -> {
                timed("floor_warm", settings.warmUp(), settings.burstPace(), call);
                long[] steady = timed("floor_rate", settings.floor(), settings.steadyPace(), call);
                long start = System.nanoTime();
                timed("floor_many", settings.burst(), settings.burstPace(), call);
                double seconds = (System.nanoTime() - start) / 1e9;
                floors.put(rpc, new RpcFloor(Latencies.ofNanos(steady), settings.burst() / seconds));
            });
            return floors;
        } finally {
            sdk.close();
        }
    }

    /** In an order in which each finds what it needs. */
    private static Map<Rpc, Consumer<String>> calls(MilvusClientV2 sdk) {
        Map<Rpc, Consumer<String>> calls = new LinkedHashMap<>();
        calls.put(Rpc.CREATE_ALIAS, alias -> sdk
                .createAlias(CreateAliasReq.builder().alias(alias).collectionName(AliasLoad.BLUE).build()));
        calls.put(Rpc.DESCRIBE_ALIAS, alias -> sdk.describeAlias(DescribeAliasReq.builder().alias(alias).build()));
        calls.put(Rpc.DESCRIBE_COLLECTION, alias -> sdk
                .describeCollection(DescribeCollectionReq.builder().collectionName(AliasLoad.BLUE).build()));
        calls.put(Rpc.GET_LOAD_STATE,
                alias -> sdk.getLoadState(GetLoadStateReq.builder().collectionName(AliasLoad.BLUE).build()));
        calls.put(Rpc.DESCRIBE_INDEX, alias -> sdk.describeIndex(DescribeIndexReq.builder()
                .collectionName(AliasLoad.BLUE).fieldName(CollectionShape.VECTOR).build()));
        calls.put(Rpc.QUERY, alias -> sdk.query(QueryReq.builder().collectionName(AliasLoad.BLUE)
                .filter(CollectionShape.KEY + " >= 0").limit(1).outputFields(List.of(CollectionShape.KEY)).build()));
        calls.put(Rpc.ALTER_ALIAS, alias -> sdk
                .alterAlias(AlterAliasReq.builder().alias(alias).collectionName(AliasLoad.GREEN).build()));
        calls.put(Rpc.DROP_ALIAS, alias -> sdk.dropAlias(DropAliasReq.builder().alias(alias).build()));
        return calls;
    }

    private static long[] timed(String set, int count, LoadPace pace, Consumer<String> call) {
        return pace.run(count, number -> {
            long at = System.nanoTime();
            call.accept("%s_%06d".formatted(set, number));
            return System.nanoTime() - at;
        }).stream().mapToLong(Long::longValue).toArray();
    }
}
