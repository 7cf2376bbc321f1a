package dev.collectionalias.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import dev.collectionalias.milvus.MilvusException.Kind;
import org.junit.jupiter.api.Test;

/** What the operator relies on when it asks for collections and databases, whatever Milvus it talks to. */
abstract class MilvusCollectionsContract extends MilvusUnderContract {

    static final String PROPERTY = "collectionalias.dev/contract";

    @Test
    void itsDatabaseIsAmongTheDatabases() {
        assertThat(milvus.databases()).contains(DB);
    }

    @Test
    void collectionsAreListedByTheirOwnNames() {
        milvus.createAlias(DB, alias, v1);

        assertThat(milvus.listCollections(DB)).contains(v1, v2).doesNotContain(alias);
    }

    @Test
    void aCollectionHasAnIdThatARecreatedOneDoesNotHave() {
        String first = milvus.collectionId(DB, v1).orElseThrow();
        collections.drop(DB, v1);
        collections.create(DB, v1, 0);
        String second = milvus.collectionId(DB, v1).orElseThrow();

        if (hasIds()) {
            assertThat(first).isNotEqualTo("0").isNotEqualTo(second);
        } else {
            assertThat(first).isEqualTo("0").isEqualTo(second);
        }
    }

    @Test
    void aMissingCollectionHasNoId() {
        assertThat(milvus.collectionId(DB, "missing")).isEmpty();
        collections.drop(DB, v1);
        assertThat(milvus.collectionId(DB, v1)).isEmpty();
    }

    @Test
    void anAliasHasTheIdOfItsCollection() {
        milvus.createAlias(DB, alias, v1);

        assertThat(milvus.collectionId(DB, alias)).isEqualTo(milvus.collectionId(DB, v1));
    }

    private Map<String, String> properties(String collection) {
        return milvus.collectionProperties(DB, collection).orElseThrow();
    }

    @Test
    void aPropertyIsSetAndTakenOffWhereTheServerCan() {
        milvus.setProperty(DB, v1, PROPERTY, "1");
        milvus.setProperty(DB, v1, PROPERTY, "2");
        milvus.setProperty(DB, v1, PROPERTY, "2");

        assertThat(properties(v1)).containsEntry(PROPERTY, "2");
        assertThat(properties(v2)).doesNotContainKey(PROPERTY);

        if (takesPropertiesOff()) {
            milvus.dropProperty(DB, v1, PROPERTY);
            milvus.dropProperty(DB, v1, PROPERTY);
            assertThat(properties(v1)).doesNotContainKey(PROPERTY);
        } else {
            assertFails(Kind.UNSUPPORTED, () -> milvus.dropProperty(DB, v1, PROPERTY));
            assertThat(properties(v1)).containsEntry(PROPERTY, "2");
        }
    }

    @Test
    void aMissingCollectionHasNoPropertiesAndTakesNone() {
        assertThat(properties("missing")).isEmpty();
        assertFails(Kind.COLLECTION_NOT_FOUND, () -> milvus.setProperty(DB, "missing", PROPERTY, "1"));
    }

    @Test
    void aCollectionIsLoadedUntilItIsReleased() {
        String rows = v1 + "_rows";
        collections.create(DB, rows, 10);
        assertThat(milvus.isLoaded(DB, rows)).isEqualTo(loadsNewCollections());

        collections.load(DB, rows);
        assertThat(milvus.isLoaded(DB, rows)).isTrue();
        milvus.createAlias(DB, alias, rows);
        assertThat(milvus.isLoaded(DB, alias)).isTrue();

        collections.release(DB, rows);
        assertThat(milvus.isLoaded(DB, rows)).isFalse();
    }

    @Test
    void aMissingCollectionIsNotLoaded() {
        assertThat(milvus.isLoaded(DB, "missing")).isFalse();
    }
}
