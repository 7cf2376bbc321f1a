package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import dev.collectionalias.api.v1alpha1.Api;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.AliasStage;
import dev.collectionalias.support.Rpc;
import io.fabric8.kubernetes.api.model.Event;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a cutover leaves behind is released from memory, if nobody needs it. */
class RetirementIT extends AliasStage {

    @BeforeEach
    void anAlias() {
        operator.collections("products_v1", "products_v2");
        state.setRows("default", "products_v1", 12);
    }

    private void switched(String releaseAfter) {
        objects.aliasWith("products", "{alias: products, collection: products_v1, refreshInterval: 5m, "
                + "cutover: {retirement: {releaseAfter: %s}}}".formatted(releaseAfter));
        objects.awaitReady("products", "products_v1");
        objects.point("products", "products_v2");
        objects.awaitReady("products", "products_v2");
    }

    private boolean isLoaded(String collection) {
        return state.collections("default").stream()
                .anyMatch(stored -> stored.name().equals(collection) && stored.loadedPercent() > 0);
    }

    @Test
    void releasesThePreviousCollectionInItsTime() {
        switched("2s");

        objects.awaitEvent("products", Reason.Retired, "released products_v1 from memory");
        assertThat(isLoaded("products_v1")).isFalse();
        assertThat(isLoaded("products_v2")).isTrue();
        AliasObjects.await("it is forgotten",
                () -> assertThat(objects.get("products").getStatus().retiring()).isEmpty());
    }

    @Test
    void leavesWhatIsStillWrittenTo() {
        switched("3s");
        AliasObjects.await("the rows are counted", () -> assertThat(objects.get("products").getStatus().retiring())
                .singleElement().returns(12L, retiring -> retiring.rows()));
        state.setRows("default", "products_v1", 13);

        objects.awaitEvent("products", Reason.Retired, "products_v1 stays in memory: its rows changed from 12 to 13, "
                + "so that somebody still writes to it");
        assertThat(isLoaded("products_v1")).isTrue();
    }

    @Test
    void leavesWhatAnotherObjectNeeds() {
        switched("2s");
        objects.alias("search", "products_v1");
        objects.awaitReady("search", "products_v1");

        AliasObjects.await("it is told", () -> assertThat(objects.events("products"))
                .anySatisfy(event -> assertThat(event.getMessage()).startsWith("products_v1 stays in memory: ")));
        assertThat(isLoaded("products_v1")).isTrue();
    }

    @Test
    void leavesWhatAnAliasServesThatNoListNames() {
        state.setAlias("default", "search", "products_v1");
        milvus.mentions().leaveOutOfLists("search");
        switched("2s");

        objects.awaitEvent("products", Reason.Retired, "products_v1 stays in memory: alias search points at it");
        assertThat(isLoaded("products_v1")).isTrue();
    }

    @Test
    void releasesWhatAProxyStillDescribesWithTheAliasThatLeft() {
        milvus.mentions().rememberInDescription("products", "products_v1");
        switched("2s");

        objects.awaitEvent("products", Reason.Retired, "released products_v1 from memory");
    }

    @ParameterizedTest
    @EnumSource(names = {"RELEASE_COLLECTION", "QUERY"})
    void isDoneLateWhereAPrivilegeIsGrantedLate(Rpc rpc) {
        objects.aliasWith("products", "{alias: products, collection: products_v1, refreshInterval: 5s, "
                + "cutover: {gates: {loaded: Never}, retirement: {releaseAfter: 2s}}}");
        objects.awaitReady("products", "products_v1");
        milvus.faults().on(rpc).fail(1402, "privilege not permitted");
        objects.point("products", "products_v2");
        objects.awaitReady("products", "products_v2");

        AliasObjects.await("it is told", () -> assertThat(denied()).hasSize(1));
        AliasObjects.await("it is tried again",
                () -> assertThat(milvus.journal().of(rpc)).hasSizeGreaterThan(2));
        assertThat(denied()).as("told once").singleElement().asString()
                .startsWith("products_v1 could not be released from memory: ").contains("privilege not permitted");
        assertThat(objects.get("products").getStatus().retiring()).singleElement()
                .extracting("collection", "message").containsExactly("products_v1", denied().getFirst());
        assertThat(objects.awaitReady("products", "products_v2").getStatus().active().collection())
                .isEqualTo("products_v2");

        milvus.faults().clear();
        objects.awaitEvent("products", Reason.Retired, "released products_v1 from memory");
    }

    private List<String> denied() {
        return objects.events("products").stream()
                .filter(event -> event.getReason().equals(Reason.PermissionDenied.name())).map(Event::getMessage)
                .toList();
    }

    @Test
    void isCanceledByARollback() {
        switched("1h");
        AliasObjects.await("it is planned",
                () -> assertThat(objects.get("products").getStatus().retiring()).hasSize(1));

        objects.annotate("products", Api.ROLLBACK,
                "previous@" + objects.get("products").getMetadata().getGeneration());

        objects.awaitReason("products", Reason.RolledBack);
        assertThat(objects.get("products").getStatus().retiring()).isEmpty();
    }
}
