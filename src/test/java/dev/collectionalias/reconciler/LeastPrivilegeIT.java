package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.MilvusPrivilege;
import dev.collectionalias.support.MilvusState;
import dev.collectionalias.support.OperatorExtension;
import dev.collectionalias.support.SecretLedger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The documented privileges are enough on a new Milvus, and one that is missing is said for what it is. */
@ExtendWith(ControlPlaneExtension.class)
class LeastPrivilegeIT {

    private static final String PASSWORD = SecretLedger.password("the password of app");

    @RegisterExtension
    final OperatorExtension operator = new OperatorExtension();

    private AliasObjects objects;
    private MilvusState milvus;

    @BeforeEach
    void aUserWithNoMore() {
        objects = operator.objects();
        milvus = operator.milvus().state();
        operator.milvus().accounts().enableAuthorization();
        operator.milvus().accounts().setPassword("app", PASSWORD);
        grant(EnumSet.allOf(MilvusPrivilege.class));
        objects.secret("milvus", "token", "app:" + PASSWORD);
        objects.patchConnection("default", "{auth: {secretRef: {name: milvus}}}");
    }

    private void grant(Set<MilvusPrivilege> privileges) {
        operator.milvus().accounts().setPrivileges("app", privileges.stream().map(Enum::name).toArray(String[]::new));
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
        milvus.setAlias("default", "products", "products_v1");
        AliasObjects.await("drift is corrected",
                () -> assertThat(milvus.target("default", "products")).contains("products_v2"));

        objects.delete("products");
        objects.awaitGone("products");

        assertThat(milvus.target("default", "products")).isEmpty();
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
        milvus.createCollection("default", "products_v3");
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
        assertThat(milvus.target("default", "products")).contains("products_v1");
        grant(EnumSet.allOf(MilvusPrivilege.class));
    }
}
