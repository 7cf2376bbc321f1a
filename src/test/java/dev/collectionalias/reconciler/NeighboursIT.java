package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.MilvusPrivilege;
import dev.collectionalias.support.MilvusState;
import dev.collectionalias.support.OperatorExtension;
import dev.collectionalias.support.SecretLedger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A drop that destroys what other aliases have stored is not begun where that could not be mended. */
@ExtendWith(ControlPlaneExtension.class)
class NeighboursIT {

    private static final String PASSWORD = SecretLedger.password("the password of app");

    /** Drops its neighbours along with an alias, and asks for a privilege to alter them. */
    private static final String SERVER = "v2.4.20";

    @RegisterExtension
    final OperatorExtension operator = new OperatorExtension(new InProcessMilvus(SERVER));

    @Test
    void nothingIsDroppedWithoutThePrivilegeToStoreTheNeighboursAgain() {
        AliasObjects objects = operator.objects();
        MilvusState milvus = operator.milvus().state();
        operator.collections("v1");
        operator.milvus().accounts().enableAuthorization();
        operator.milvus().accounts().setPassword("app", PASSWORD);
        grant(EnumSet.allOf(MilvusPrivilege.class));
        objects.secret("milvus", "token", "app:" + PASSWORD);
        objects.patchConnection("default", "{auth: {secretRef: {name: milvus}}}");
        objects.alias("p", "v1");
        objects.awaitReady("p", "v1");
        milvus.setAlias("default", "p_2", "v1");
        grant(EnumSet.complementOf(EnumSet.of(MilvusPrivilege.CreateAlias)));

        objects.delete("p");

        assertThat(objects.awaitReason("p", Reason.PermissionDenied).message()).contains("PrivilegeCreateAlias:");
        operator.milvus().restart();
        assertThat(milvus.target("default", "p")).contains("v1");
        assertThat(milvus.target("default", "p_2")).contains("v1");

        grant(EnumSet.allOf(MilvusPrivilege.class));
        objects.awaitGone("p");
        operator.milvus().restart();
        assertThat(milvus.target("default", "p")).isEmpty();
        assertThat(milvus.target("default", "p_2")).contains("v1");
    }

    private void grant(Set<MilvusPrivilege> privileges) {
        operator.milvus().accounts().setPrivileges("app", privileges.stream().map(Enum::name).toArray(String[]::new));
    }
}
