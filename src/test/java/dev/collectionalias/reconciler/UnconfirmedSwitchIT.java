package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.AliasStage;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.MilvusPrivilege;
import dev.collectionalias.support.MilvusState;
import dev.collectionalias.support.SecretLedger;
import dev.collectionalias.support.StoredCollection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where the operator may not change a collection, a switch on Milvus 2.6.20 is made, and says what it could not do. */
class UnconfirmedSwitchIT extends AliasStage {

    private static final String DB = MilvusState.DEFAULT_DATABASE;
    private static final String PASSWORD = SecretLedger.password("the password of an unconfirmed user");

    UnconfirmedSwitchIT() {
        super(new InProcessMilvus("v2.6.20"));
    }

    @BeforeEach
    void aUserWhoMayNotChangeCollections() {
        milvus.accounts().enableAuthorization();
        milvus.accounts().setPassword("app", PASSWORD);
        milvus.accounts().setPrivileges("app", Arrays.stream(MilvusPrivilege.values())
                .filter(one -> one != MilvusPrivilege.CreateCollection).map(Enum::name).toArray(String[]::new));
        objects.secret("milvus", "token", "app:" + PASSWORD);
        objects.patchConnection("default", "{auth: {secretRef: {name: milvus}}}");
        operator.collections("v1", "v2");
    }

    private void grantAll() {
        milvus.accounts().setPrivileges("app",
                Arrays.stream(MilvusPrivilege.values()).map(Enum::name).toArray(String[]::new));
    }

    private void switched(String cutover) {
        objects.aliasWith("products", "{alias: products, collection: v1, refreshInterval: 5s, cutover: %s}"
                .formatted(cutover));
        objects.awaitReady("products", "v1");
        objects.point("products", "v2");
        objects.awaitReady("products", "v2");
    }

    @Test
    void itIsReadyAndSaysWhatMayHappenAndWhatCuresIt() {
        switched("{}");

        Condition confirmed = objects.condition("products", ConditionType.Confirmed).orElseThrow();
        assertThat(confirmed.status()).isEqualTo(ConditionStatus.False);
        assertThat(confirmed.message())
                .startsWith("some searches through alias products may go on being answered from the collection before: "
                        + "alterCollection v2: PrivilegeCreateCollection: permission deny to app in the `default` database")
                .endsWith("grant CreateCollection, which Milvus asks for here, or upgrade Milvus to 2.6.23 or newer");
        objects.awaitEvent("products", Reason.Unconfirmed, confirmed.message());
        assertThat(objects.events("products"))
                .filteredOn(event -> event.getReason().equals(Reason.Unconfirmed.name())).singleElement()
                .satisfies(event -> assertThat(event.getType()).isEqualTo("Warning"));
    }

    @Test
    void itIsConfirmedOnceThePrivilegeIsGranted() {
        switched("{}");
        assertThat(objects.condition("products", ConditionType.Confirmed)).isPresent();

        grantAll();

        AliasObjects.await("it is confirmed", () -> {
            assertThat(objects.condition("products", ConditionType.Confirmed)).isEmpty();
            assertThat(objects.get("products").getStatus().active().confirmed()).isNull();
        });
        assertThat(state.properties(DB, "v2")).containsOnlyKeys("collectionalias.dev/switch");
    }

    @Test
    void nothingIsReleasedMeanwhile() {
        switched("{retirement: {releaseAfter: 1s}}");
        AliasObjects.await("its rows are counted, and its time is over",
                () -> assertThat(objects.get("products").getStatus().retiring()).singleElement()
                        .satisfies(retiring -> assertThat(retiring.at())
                                .isBefore(Instant.now().minusSeconds(2))));
        assertThat(state.collection(DB, "v1").loadedPercent()).isNotEqualTo(StoredCollection.NOT_LOADED);

        grantAll();

        objects.awaitEvent("products", Reason.Retired, "released v1 from memory");
    }

    @Test
    void nobodyTriesWhereTheSpecForbidsIt() {
        grantAll();
        switched("{confirmation: Never}");

        assertThat(objects.condition("products", ConditionType.Confirmed)).hasValueSatisfying(
                confirmed -> assertThat(confirmed.message()).contains("cutover.confirmation is Never"));
        assertThat(objects.events("products"))
                .noneMatch(event -> event.getReason().equals(Reason.Unconfirmed.name()));
        assertThat(Stream.of("v1", "v2").map(name -> state.properties(DB, name))).allMatch(Map::isEmpty);

        objects.patchSpec("products", "{cutover: {confirmation: Auto}}");

        AliasObjects.await("it is confirmed",
                () -> assertThat(objects.condition("products", ConditionType.Confirmed)).isEmpty());
    }
}
