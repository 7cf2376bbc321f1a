package dev.collectionalias.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.service.rbac.request.CreateRoleReq;
import io.milvus.v2.service.rbac.request.CreateUserReq;
import io.milvus.v2.service.rbac.request.DescribeRoleReq;
import io.milvus.v2.service.rbac.request.GrantPrivilegeReq;
import io.milvus.v2.service.rbac.request.GrantRoleReq;
import io.milvus.v2.service.rbac.request.RevokePrivilegeReq;

/** Users and roles of a real server with authorization, changed by {@code root}. */
public final class SdkAccounts implements AutoCloseable {

    /** A role that every user has. */
    private static final String PUBLIC = "public";

    private final MilvusServer milvus;
    private final MilvusClientV2 sdk;

    public SdkAccounts(MilvusServer milvus) {
        this.milvus = milvus;
        sdk = SdkClients.of(milvus, 60_000);
    }

    /** Adds a user with a role of its own, which has these privileges. */
    public void addUser(String user, String password, String... privileges) {
        String role = user + "_role";
        sdk.createUser(CreateUserReq.builder().userName(user).password(password).build());
        sdk.createRole(CreateRoleReq.builder().roleName(role).build());
        sdk.grantRole(GrantRoleReq.builder().userName(user).roleName(role).build());
        for (String privilege : privileges) {
            grant(role, MilvusPrivilege.valueOf(privilege));
        }
    }

    public void grant(String role, MilvusPrivilege privilege) {
        sdk.grantPrivilege(GrantPrivilegeReq.builder().roleName(role).objectType(privilege.objectType())
                .objectName(MilvusPrivilege.OBJECT_NAME).privilege(privilege.name()).build());
    }

    public void revoke(String role, MilvusPrivilege privilege) {
        sdk.revokePrivilege(RevokePrivilegeReq.builder().roleName(role).objectType(privilege.objectType())
                .objectName(MilvusPrivilege.OBJECT_NAME).privilege(privilege.name()).build());
    }

    /**
     * Takes away those of the operator's privileges that every user has. The server grants them anew whenever it starts. The Java SDK
     * can't take them away, since they are for all databases.
     */
    public void takeAwayWhatEveryUserHas() {
        Set<String> granted = privilegesOf(PUBLIC);
        List<MilvusPrivilege> tooMany = Arrays.stream(MilvusPrivilege.values())
                .filter(privilege -> granted.contains(privilege.name())).toList();
        if (tooMany.isEmpty()) {
            return;
        }
        String revoke = tooMany.stream()
                .map(privilege -> "milvus.revoke_privilege('%s', '%s', '%s', '*', db_name='*')%n"
                        .formatted(PUBLIC, privilege.objectType(), privilege))
                .collect(Collectors.joining());
        Pymilvus.run("""
                from pymilvus import MilvusClient
                milvus = MilvusClient("%s", token="%s")
                %s""".formatted(milvus.uri(), milvus.token(), revoke));
        assertThat(privilegesOf(PUBLIC)).doesNotContainAnyElementsOf(tooMany.stream().map(Enum::name).toList());
    }

    /** The names of what a role may do. */
    public Set<String> privilegesOf(String role) {
        return sdk.describeRole(DescribeRoleReq.builder().roleName(role).build()).getGrantInfos().stream()
                .map(grant -> grant.getPrivilege()).collect(Collectors.toSet());
    }

    @Override
    public void close() {
        sdk.close();
    }
}
