package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.AliasStage;
import dev.collectionalias.support.MilvusPrivilege;
import dev.collectionalias.support.SecretLedger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The documented privileges are enough on a new Milvus, and one that is missing is said for what it is. */
class LeastPrivilegeIT extends AliasStage {

    private static final String PASSWORD = SecretLedger.password("the password of app");

    @BeforeEach
    void aUserWithNoMore() {
        milvus.accounts().enableAuthorization();
        milvus.accounts().setPassword("app", PASSWORD);
        grant(EnumSet.allOf(MilvusPrivilege.class));
        objects.secret("milvus", "token", "app:" + PASSWORD);
        objects.patchConnection("default", "{auth: {secretRef: {name: milvus}}}");
    }

    private void grant(Set<MilvusPrivilege> privileges) {
        milvus.accounts().setPrivileges("app", privileges.stream().map(Enum::name).toArray(String[]::new));
    }

    private void grantAllBut(MilvusPrivilege missing) {
        grant(EnumSet.complementOf(EnumSet.of(missing)));
    }

    @Test
    void thoseNeededByDefaultAreEnoughForTheWholeLifeOfAnAlias() {
        grant(EnumSet.allOf(MilvusPrivilege.class).stream().filter(MilvusPrivilege::isNeededByDefault)
                .collect(Collectors.toSet()));
        objects.alias("products", "products_v1");
        objects.awaitReason("products", Reason.CollectionNotFound);
        operator.collections("products_v1", "products_v2");
        objects.awaitReady("products", "products_v1");
        objects.point("products", "products_v2");
        objects.awaitReady("products", "products_v2");
        state.setAlias("default", "products", "products_v1");
        AliasObjects.await("drift is corrected",
                () -> assertThat(state.target("default", "products")).contains("products_v2"));

        objects.delete("products");
        objects.awaitGone("products");

        assertThat(state.target("default", "products")).isEmpty();
    }

    @Test
    void aSwitchIsDeniedWithoutThePrivilegeToCreate() {
        ready();
        grantAllBut(MilvusPrivilege.CreateAlias);
        objects.point("products", "products_v2");

        assertDenied(MilvusPrivilege.CreateAlias);
        objects.awaitReady("products", "products_v2");
    }

    @Test
    void aLookIsDeniedWithoutThePrivilegeToSeeLoadStates() {
        ready();
        grantAllBut(MilvusPrivilege.GetLoadState);

        assertDenied(MilvusPrivilege.GetLoadState);
        objects.awaitReady("products", "products_v1");
    }

    @Test
    void autoLoadIsDeniedWithoutThePrivilegeToLoad() {
        ready();
        state.createCollection("default", "products_v3");
        grantAllBut(MilvusPrivilege.Load);
        objects.patchSpec("products", "{collection: products_v3, cutover: {gates: {autoLoad: true}}}");

        assertDenied(MilvusPrivilege.Load);
        assertThat(objects.get("products").getStatus().history()).hasSize(1);
        objects.awaitReady("products", "products_v3");
    }

    private void ready() {
        operator.collections("products_v1", "products_v2");
        objects.alias("products", "products_v1");
        objects.awaitReady("products", "products_v1");
    }

    /** The alias stays where it is meanwhile; then everything is granted. */
    private void assertDenied(MilvusPrivilege missing) {
        assertThat(objects.awaitReason("products", Reason.PermissionDenied).message())
                .contains("Privilege" + missing + ":");
        assertThat(state.target("default", "products")).contains("products_v1");
        grant(EnumSet.allOf(MilvusPrivilege.class));
    }
}
