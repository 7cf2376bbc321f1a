package dev.collectionalias.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

/** Who may write a connection can have a Secret sent anywhere, so that the right must not be given away with a lesser one. */
class UserRolesTest {

    private static final String AGGREGATE = "rbac.authorization.k8s.io/aggregate-to-";
    private static final Set<String> READING = Set.of("get", "list", "watch");

    private static List<ClusterRole> roles() throws IOException {
        return Stream.of(Files.readString(Path.of("deploy/base/user-roles.yaml")).split("(?m)^---$"))
                .map(document -> Serialization.unmarshal(document, ClusterRole.class)).toList();
    }

    private static boolean writes(ClusterRole role, String resource) {
        return role.getRules().stream().filter(rule -> rule.getResources().contains(resource))
                .map(rule -> rule.getVerbs()).flatMap(Collection::stream).anyMatch(verb -> !READING.contains(verb));
    }

    private static Set<String> grantedTo(ClusterRole role) {
        return role.getMetadata().getLabels().keySet().stream().filter(label -> label.startsWith(AGGREGATE))
                .map(label -> label.substring(AGGREGATE.length())).collect(Collectors.toSet());
    }

    /** Kubernetes' own roles edit and admin may read Secrets, view may not. */
    @Test
    void onlyWhoMayReadSecretsMayWriteAConnection() throws IOException {
        assertThat(roles()).filteredOn(role -> writes(role, "milvusconnections")).isNotEmpty()
                .allSatisfy(role -> assertThat(grantedTo(role)).containsExactlyInAnyOrder("edit", "admin"));
    }

    @Test
    void clusterConnectionsAreSeenByManyAndWrittenByNobodyBelowTheAdministrator() throws IOException {
        assertThat(roles()).noneMatch(role -> writes(role, "clustermilvusconnections"))
                .anySatisfy(role -> {
                    assertThat(role.getRules())
                            .anyMatch(rule -> rule.getResources().contains("clustermilvusconnections"));
                    assertThat(grantedTo(role)).contains("view");
                });
    }
}
