package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasStage;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.MilvusPrivilege;
import dev.collectionalias.support.SecretLedger;
import org.junit.jupiter.api.Test;

/** A drop that destroys what other aliases have stored is not begun where that could not be mended. */
class NeighboursIT extends AliasStage {

    private static final String PASSWORD = SecretLedger.password("the password of app");

    /** Drops its neighbours along with an alias, and asks for a privilege to alter them. */
    private static final String SERVER = "v2.4.20";

    NeighboursIT() {
        super(new InProcessMilvus(SERVER));
    }

    @Test
    void nothingIsDroppedWithoutThePrivilegeToStoreTheNeighboursAgain() {
        operator.collections("v1");
        milvus.accounts().enableAuthorization();
        milvus.accounts().setPassword("app", PASSWORD);
        grant(EnumSet.allOf(MilvusPrivilege.class));
        objects.secret("milvus", "token", "app:" + PASSWORD);
        objects.patchConnection("default", "{auth: {secretRef: {name: milvus}}}");
        objects.alias("p", "v1");
        objects.awaitReady("p", "v1");
        state.setAlias("default", "p_2", "v1");
        grant(EnumSet.complementOf(EnumSet.of(MilvusPrivilege.CreateAlias)));

        objects.delete("p");

        assertThat(objects.awaitReason("p", Reason.PermissionDenied).message()).contains("PrivilegeCreateAlias:");
        milvus.restart();
        assertThat(state.target("default", "p")).contains("v1");
        assertThat(state.target("default", "p_2")).contains("v1");

        grant(EnumSet.allOf(MilvusPrivilege.class));
        objects.awaitGone("p");
        milvus.restart();
        assertThat(state.target("default", "p")).isEmpty();
        assertThat(state.target("default", "p_2")).contains("v1");
    }

    private void grant(Set<MilvusPrivilege> privileges) {
        milvus.accounts().setPrivileges("app", privileges.stream().map(Enum::name).toArray(String[]::new));
    }
}
