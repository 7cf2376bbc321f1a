package dev.collectionalias.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;

import dev.collectionalias.milvus.MilvusException.Kind;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.MilvusStandalone;
import org.junit.jupiter.api.Test;

class MilvusGatewayStandaloneE2E extends MilvusGatewayContract {

    @Override
    MilvusServer server() {
        return new MilvusStandalone();
    }

    @Override
    MilvusCollections collections(MilvusServer started) {
        return MilvusCollections.of(started);
    }

    @Override
    boolean resolvesAliasesAsTargets() {
        return false;
    }

    @Override
    boolean refusesToDropACollectionWithAliases() {
        return false;
    }

    @Override
    boolean dropDestroysNeighbours() {
        return true;
    }

    @Override
    boolean takesPropertiesOff() {
        return false;
    }

    /**
     * It deletes them all in one transaction, of which its etcd takes 128 operations, two for each alias. One that was dropped
     * before counts, too: a mark of it stays.
     */
    @Test
    void anAliasWithWhichSixtyFourOthersBeginCannotBeDropped() {
        milvus.createAlias(DB, alias, v1);
        IntStream.range(0, 64).forEach(number -> milvus.createAlias(DB, neighbour(number), v1));

        assertFails(Kind.DROP_IMPOSSIBLE, () -> milvus.dropAlias(DB, alias));
        assertThat(milvus.describeAlias(DB, alias)).contains(v1);

        milvus.dropAlias(DB, neighbour(63));
        assertFails(Kind.DROP_IMPOSSIBLE, () -> milvus.dropAlias(DB, alias));
    }

    @Test
    void oneWithWhichSixtyThreeOthersBeginCan() {
        milvus.createAlias(DB, alias, v1);
        IntStream.range(0, 63).forEach(number -> milvus.createAlias(DB, neighbour(number), v1));

        milvus.dropAlias(DB, alias);

        assertThat(milvus.describeAlias(DB, alias)).isEmpty();
        assertThat(milvus.describeAlias(DB, neighbour(62))).contains(v1);
    }

    private String neighbour(int number) {
        return "%s_%02d".formatted(alias, number);
    }
}
