package dev.collectionalias.support;

import java.util.Set;

import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.service.rbac.request.CreateRoleReq;
import io.milvus.v2.service.rbac.request.CreateUserReq;
import io.milvus.v2.service.rbac.request.GrantPrivilegeReq;
import io.milvus.v2.service.rbac.request.GrantRoleReq;

/** Users of a real server with authorization. */
public final class SdkAccounts {

    /** Those that Milvus grants for collections, not for the server as a whole. */
    private static final Set<String> OF_COLLECTIONS = Set.of("GetLoadState", "GetLoadingProgress", "IndexDetail",
            "Query", "Search", "GetStatistics", "Load", "Release");

    private SdkAccounts() {}

    /** Adds a user with a role of its own, which has these privileges. */
    public static void addUser(MilvusServer milvus, String user, String password, String... privileges) {
        MilvusClientV2 sdk = SdkClients.of(milvus, 60_000);
        try {
            String role = user + "_role";
            sdk.createUser(CreateUserReq.builder().userName(user).password(password).build());
            sdk.createRole(CreateRoleReq.builder().roleName(role).build());
            sdk.grantRole(GrantRoleReq.builder().userName(user).roleName(role).build());
            for (String privilege : privileges) {
                sdk.grantPrivilege(GrantPrivilegeReq.builder().roleName(role)
                        .objectType(OF_COLLECTIONS.contains(privilege) ? "Collection" : "Global").objectName("*")
                        .privilege(privilege).build());
            }
        } finally {
            sdk.close();
        }
    }
}
