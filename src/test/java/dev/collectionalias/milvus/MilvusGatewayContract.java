package dev.collectionalias.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;

import dev.collectionalias.milvus.MilvusException.Kind;
import org.junit.jupiter.api.Test;

/**
 * What the operator relies on when it asks for aliases and changes them, whatever Milvus it talks to. It begins with the
 * contract on collections, so that each server starts once for both.
 */
abstract class MilvusGatewayContract extends MilvusCollectionsContract {

    private static final String NO_DB = "nodb";

    @Test
    void aNewAliasPointsAtItsCollection() {
        milvus.createAlias(DB, alias, v1);

        assertThat(milvus.describeAlias(DB, alias)).contains(v1);
    }

    @Test
    void creatingTheSameAliasAgainIsSuccess() {
        milvus.createAlias(DB, alias, v1);
        milvus.createAlias(DB, alias, v1);

        assertThat(milvus.describeAlias(DB, alias)).contains(v1);
    }

    @Test
    void creatingAnAliasThatPointsElsewhereChangesNothing() {
        milvus.createAlias(DB, alias, v1);

        assertFails(Kind.ALIAS_EXISTS, () -> milvus.createAlias(DB, alias, v2));
        assertThat(milvus.describeAlias(DB, alias)).contains(v1);
    }

    @Test
    void aCollectionsNameCannotBeAnAlias() {
        assertFails(Kind.NAME_IS_A_COLLECTION, () -> milvus.createAlias(DB, v2, v1));
    }

    @Test
    void anAliasNeedsACollection() {
        assertFails(Kind.COLLECTION_NOT_FOUND, () -> milvus.createAlias(DB, alias, "missing"));
        assertThat(milvus.describeAlias(DB, alias)).isEmpty();
    }

    @Test
    void aForbiddenNameIsRefusedWhereTheServerChecksIt() {
        if (checksNames()) {
            assertFails(Kind.INVALID_REQUEST, () -> milvus.createAlias(DB, alias + "-b!", v1));
        } else {
            milvus.createAlias(DB, alias + "-b!", v1);
            assertThat(milvus.describeAlias(DB, alias + "-b!")).contains(v1);
        }
    }

    @Test
    void aNameIsAtMost255CharactersLongWhereTheServerChecksIt() {
        String longest = alias + "x".repeat(255 - alias.length());
        milvus.createAlias(DB, longest, v1);
        assertThat(milvus.describeAlias(DB, longest)).contains(v1);

        if (checksNames()) {
            assertFails(Kind.INVALID_REQUEST, () -> milvus.createAlias(DB, longest + "x", v1));
        }
    }

    @Test
    void anAliasAsTargetIsRefusedOrStandsForItsCollection() {
        milvus.createAlias(DB, alias, v1);
        if (resolvesAliasesAsTargets()) {
            milvus.createAlias(DB, alias + "_2", alias);
            assertThat(milvus.describeAlias(DB, alias + "_2")).contains(v1);
        } else {
            assertFails(Kind.COLLECTION_NOT_FOUND, () -> milvus.createAlias(DB, alias + "_2", alias));
        }
    }

    @Test
    void alterToAnAliasIsRefusedOrSwitchesToItsCollection() {
        milvus.createAlias(DB, alias, v1);
        milvus.createAlias(DB, alias + "_2", v2);
        if (resolvesAliasesAsTargets()) {
            milvus.alterAlias(DB, alias, alias + "_2");
            assertThat(milvus.describeAlias(DB, alias)).contains(v2);
        } else {
            assertFails(Kind.COLLECTION_NOT_FOUND, () -> milvus.alterAlias(DB, alias, alias + "_2"));
            assertThat(milvus.describeAlias(DB, alias)).contains(v1);
        }
    }

    @Test
    void anAliasOfAnAliasDoesNotFollowIt() {
        if (resolvesAliasesAsTargets()) {
            milvus.createAlias(DB, alias, v1);
            milvus.createAlias(DB, alias + "_2", alias);
            milvus.alterAlias(DB, alias, v2);

            assertThat(milvus.describeAlias(DB, alias + "_2")).contains(v1);
        }
    }

    @Test
    void alterOfACollectionsNameIsRefused() {
        assertThatThrownBy(() -> milvus.alterAlias(DB, v2, v1)).isInstanceOf(MilvusException.class);
        assertThat(milvus.describeAlias(DB, v2)).isEmpty();
    }

    @Test
    void alterSwitchesToTheOtherCollection() {
        milvus.createAlias(DB, alias, v1);
        milvus.alterAlias(DB, alias, v2);

        assertThat(milvus.describeAlias(DB, alias)).contains(v2);
    }

    @Test
    void alterToTheSameCollectionIsSuccess() {
        milvus.createAlias(DB, alias, v1);
        milvus.alterAlias(DB, alias, v1);

        assertThat(milvus.describeAlias(DB, alias)).contains(v1);
    }

    @Test
    void alterNeedsAnAlias() {
        assertFails(Kind.ALIAS_NOT_FOUND, () -> milvus.alterAlias(DB, alias, v1));
        assertThat(milvus.describeAlias(DB, alias)).isEmpty();
    }

    @Test
    void alterToAMissingCollectionChangesNothing() {
        milvus.createAlias(DB, alias, v1);

        assertFails(Kind.COLLECTION_NOT_FOUND, () -> milvus.alterAlias(DB, alias, "missing"));
        assertThat(milvus.describeAlias(DB, alias)).contains(v1);
    }

    @Test
    void aDroppedAliasIsGone() {
        milvus.createAlias(DB, alias, v1);
        milvus.dropAlias(DB, alias);

        assertThat(milvus.describeAlias(DB, alias)).isEmpty();
        assertThat(milvus.listAliases(DB, v1)).isEmpty();
    }

    @Test
    void droppingAMissingAliasIsSuccess() {
        milvus.dropAlias(DB, alias);
    }

    @Test
    void droppingACollectionsNameAsAnAliasLeavesTheCollection() {
        milvus.dropAlias(DB, v1);

        assertThat(milvus.collectionId(DB, v1)).isPresent();
    }

    @Test
    void aCollectionIsNoAlias() {
        assertThat(milvus.describeAlias(DB, v1)).isEmpty();
    }

    @Test
    void aDanglingAliasPointsAtNothingAndCanBeCreatedAnew() {
        milvus.createAlias(DB, alias, v1);
        dropTarget();
        assertThat(milvus.describeAlias(DB, alias)).isEmpty();
        assertThat(milvus.listAliases(DB)).doesNotContain(alias);

        milvus.createAlias(DB, alias, v2);

        assertThat(milvus.describeAlias(DB, alias)).contains(v2);
    }

    private void dropTarget() {
        if (refusesToDropACollectionWithAliases()) {
            assertThatThrownBy(() -> collections.drop(DB, v1)).hasMessageContaining("alias");
            milvus.dropAlias(DB, alias);
        }
        collections.drop(DB, v1);
    }

    @Test
    void anAliasFollowsARenamedCollection() {
        milvus.createAlias(DB, alias, v1);
        collections.rename(DB, v1, v1 + "_renamed");

        assertThat(milvus.describeAlias(DB, alias)).contains(v1 + "_renamed");
    }

    @Test
    void aliasesAreListedByCollectionAndByDatabase() {
        milvus.createAlias(DB, alias, v1);
        milvus.createAlias(DB, alias + "_2", v1);
        milvus.createAlias(DB, alias + "_3", v2);

        assertThat(milvus.listAliases(DB, v1)).containsExactlyInAnyOrder(alias, alias + "_2");
        assertThat(milvus.listAliases(DB)).contains(alias, alias + "_2", alias + "_3");
    }

    @Test
    void aDescriptionNamesTheAliasesOfItsCollection() {
        milvus.createAlias(DB, alias, v1);
        milvus.createAlias(DB, alias + "_3", v2);

        assertThat(milvus.aliasesOf(DB, v1)).containsExactlyElementsOf(describesAliases() ? Set.of(alias) : Set.of());
        assertThat(milvus.aliasesOf(DB, "missing")).isEmpty();
    }

    @Test
    void aMissingCollectionHasNoAliases() {
        assertThat(milvus.listAliases(DB, "missing")).isEmpty();
    }

    @Test
    void databasesKeepTheirAliasesApart() {
        String other = alias + "_db";
        collections.createDatabase(other);
        collections.create(other, v2, 0);
        milvus.createAlias(DB, alias, v1);
        milvus.createAlias(other, alias, v2);

        assertThat(milvus.describeAlias(DB, alias)).contains(v1);
        assertThat(milvus.describeAlias(other, alias)).contains(v2);
        assertThat(milvus.listAliases(other)).containsExactly(alias);

        milvus.dropAlias(other, alias);

        assertThat(milvus.describeAlias(DB, alias)).contains(v1);
        assertThat(milvus.describeAlias(other, alias)).isEmpty();
    }

    @Test
    void aMissingDatabaseIsSaidWhateverIsAsked() {
        assertFails(Kind.DATABASE_NOT_FOUND, () -> milvus.describeAlias(NO_DB, alias));
        assertFails(Kind.DATABASE_NOT_FOUND, () -> milvus.listAliases(NO_DB));
        assertFails(Kind.DATABASE_NOT_FOUND, () -> milvus.listAliases(NO_DB, v1));
        assertFails(Kind.DATABASE_NOT_FOUND, () -> milvus.collectionId(NO_DB, v1));
        assertFails(Kind.DATABASE_NOT_FOUND, () -> milvus.createAlias(NO_DB, alias, v1));
        assertFails(Kind.DATABASE_NOT_FOUND, () -> milvus.alterAlias(NO_DB, alias, v1));
        assertFails(Kind.DATABASE_NOT_FOUND, () -> milvus.dropAlias(NO_DB, alias));
        assertFails(Kind.DATABASE_NOT_FOUND, () -> milvus.collectionProperties(NO_DB, v1));
        assertFails(Kind.DATABASE_NOT_FOUND, () -> milvus.setProperty(NO_DB, v1, PROPERTY, "1"));
    }

    @Test
    void aServerThatIsAwayIsUnavailableAndThenThereAgain() {
        milvus.createAlias(DB, alias, v1);
        server.kill();
        try {
            assertFails(Kind.UNAVAILABLE, () -> client.gateway(Duration.ofSeconds(1)).describeAlias(DB, alias));
        } finally {
            server.start();
        }

        awaitTarget(alias, v1);
    }

    @Test
    void aRestartLosesTheNeighboursOfADroppedAliasUnlessTheyWereAltered() {
        milvus.createAlias(DB, alias, v1);
        milvus.createAlias(DB, alias + "_altered", v1);
        milvus.createAlias(DB, alias + "_neighbour", v1);
        milvus.dropAlias(DB, alias);
        milvus.alterAlias(DB, alias + "_altered", v1);
        assertThat(milvus.describeAlias(DB, alias + "_neighbour")).contains(v1);

        server.restart();

        awaitTarget(alias + "_altered", v1);
        assertThat(milvus.describeAlias(DB, alias + "_neighbour").isEmpty()).isEqualTo(dropDestroysNeighbours());
    }
}
