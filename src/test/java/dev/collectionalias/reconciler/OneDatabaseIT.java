package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.AliasStage;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.MilvusPrivilege;
import dev.collectionalias.support.SecretLedger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** A Milvus user with rights in one database, and none in {@code default}, is enough for aliases of that database. */
@ParameterizedClass
@ValueSource(strings = {"v2.3.5", "v2.5.10", "v2.6.0", "v2.6.20", "v3.0.0"})
class OneDatabaseIT extends AliasStage {

    private static final String TEAM = "team";
    private static final String PASSWORD = SecretLedger.password("the password of a team");

    OneDatabaseIT(String version) {
        super(new InProcessMilvus(version));
    }

    @BeforeEach
    void aUserOfOneDatabase() {
        state.createDatabase(TEAM);
        milvus.accounts().enableAuthorization();
        milvus.accounts().setPassword("app", PASSWORD);
        milvus.accounts().setPrivilegesIn(TEAM, "app",
                Arrays.stream(MilvusPrivilege.values()).map(Enum::name).toArray(String[]::new));
        objects.secret("milvus", "token", "app:" + PASSWORD);
        objects.patchConnection("default", "{auth: {secretRef: {name: milvus}}}");
    }

    @Test
    void managesAliasesThere() {
        objects.aliasWith("products", "{alias: products, database: team, collection: v1, refreshInterval: 5s}");
        objects.awaitReason("products", Reason.CollectionNotFound);
        searchable("v1");
        searchable("v2");
        objects.awaitReady("products", "v1");
        objects.point("products", "v2");
        objects.awaitReady("products", "v2");
        state.setAlias(TEAM, "products", "v1");
        AliasObjects.await("drift is corrected",
                () -> assertThat(state.target(TEAM, "products")).contains("v2"));

        objects.delete("products");

        objects.awaitGone("products");
        assertThat(state.target(TEAM, "products")).isEmpty();
    }

    @Test
    void isRefusedElsewhere() {
        operator.collections("v1");
        objects.alias("products", "v1");

        assertThat(objects.awaitReason("products", Reason.PermissionDenied).message())
                .contains("permission deny to app in the `default` database");
    }

    private void searchable(String collection) {
        state.createCollection(TEAM, collection);
        state.load(TEAM, collection);
    }
}
