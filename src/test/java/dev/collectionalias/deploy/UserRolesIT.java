package dev.collectionalias.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.Kubectl;
import dev.collectionalias.support.OperatorUnderTest;
import dev.collectionalias.support.PermittedRequests;
import dev.collectionalias.support.ShippedRole;
import dev.collectionalias.support.TestNamespace;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whom a RoleBinding gives one of the cluster's own roles in a namespace, which the shipped roles extend, does everything
 * there that the role is for, and nothing anywhere else.
 */
@ExtendWith(ControlPlaneExtension.class)
class UserRolesIT {

    private static final String[] KINDS = {"collectionaliases", "milvusconnections"};
    private static final String[] STATUSES = {"collectionaliases/status", "milvusconnections/status"};
    private static final String[] SETTINGS = {"secrets", "configmaps"};
    private static final String[] OF_THE_CLUSTER = {"clustermilvusconnections", "clustermilvusconnections/status"};
    private static final Set<String> READING = Set.of("get", "list", "watch");
    private static final Set<String> WRITING = Set.of("create", "update", "patch", "delete", "deletecollection");

    private ControlPlane controlPlane;
    private TestNamespace namespace;
    private TestNamespace elsewhere;

    @BeforeEach
    void theShippedRolesAreAggregated(ControlPlane cluster, TestNamespace ofTheUser) {
        controlPlane = cluster;
        namespace = ofTheUser;
        elsewhere = ControlPlaneExtension.anotherNamespace(cluster);
        cluster.startControllers();
        cluster.kubectl("apply", "-f", "deploy/base/user-roles.yaml");
        for (String role : new String[]{"view", "edit", "admin"}) {
            AliasObjects.await(role + " is extended",
                    () -> assertThat(cluster.client().rbac().clusterRoles().withName(role).require().getRules())
                            .anyMatch(rule -> rule.getApiGroups().contains("collectionalias.dev")));
        }
    }

    private String user(String role) {
        String name = "who-may-" + role;
        // @formatter:off
        namespace.client().resource(new RoleBindingBuilder()
                .withNewMetadata().withName(name).endMetadata()
                .withNewRoleRef().withApiGroup("rbac.authorization.k8s.io").withKind("ClusterRole").withName(role)
                .endRoleRef()
                .addNewSubject().withKind("ServiceAccount").withName(name).withNamespace(namespace.name()).endSubject()
                .build()).create();
        // @formatter:on
        return "system:serviceaccount:%s:%s".formatted(namespace.name(), name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"view", "edit", "admin"})
    void seeTheKindsAndWriteThemUnlessTheyOnlyView(String role) {
        try (KubernetesClient client = controlPlane.clientFor(user(role))) {
            PermittedRequests permitted = new PermittedRequests(client);

            Set<String> expected = every(READING, KINDS);
            if (!role.equals("view")) {
                expected.addAll(every(WRITING, KINDS));
            }
            assertThat(permitted.in(namespace.name(), KINDS)).isEqualTo(expected);
            assertThat(permitted.in(namespace.name(), STATUSES)).isEmpty();
            assertNothingOutside(permitted);
        }
    }

    /** Whoever writes a connection can have any Secret of its namespace sent to its uri. */
    @ParameterizedTest
    @ValueSource(strings = {"view", "edit", "admin"})
    void writeAConnectionOnlyWhereTheyReadSecrets(String role) {
        try (KubernetesClient client = controlPlane.clientFor(user(role))) {
            PermittedRequests permitted = new PermittedRequests(client);

            boolean writes = permitted.in(namespace.name(), "milvusconnections").stream()
                    .anyMatch(request -> WRITING.contains(request.split(" ")[0]));
            assertThat(writes).isEqualTo(permitted.in(namespace.name(), "secrets").contains("get secrets"));
        }
    }

    @Test
    void theOperatorOfANamespaceHasWhatItNeedsThereAndNothingElsewhere() {
        try (KubernetesClient client = ShippedRole.namespacedClient(controlPlane, namespace)) {
            PermittedRequests permitted = new PermittedRequests(client);

            Set<String> expected = every(READING, KINDS);
            expected.addAll(every(Set.of("patch"), KINDS));
            expected.addAll(every(Set.of("update"), STATUSES));
            expected.addAll(every(READING, SETTINGS));
            expected.add("create events");
            Set<String> there = permitted.in(namespace.name(), KINDS);
            there.addAll(permitted.in(namespace.name(), STATUSES));
            there.addAll(permitted.in(namespace.name(), SETTINGS));
            there.addAll(permitted.in(namespace.name(), "events"));
            assertThat(there).isEqualTo(expected);
            assertNothingOutside(permitted);
        }
    }

    /** With kubectl, under an operator that may do nothing outside of the namespace either. */
    @Test
    void whoMayEditRunsAnAliasFromItsSecretToItsDeletion() {
        Path kubeconfig = controlPlane.kubeconfig(user("edit"));
        Kubectl user = new Kubectl(controlPlane, namespace.name(), kubeconfig);
        InProcessMilvus milvus = new InProcessMilvus();
        milvus.start();
        milvus.accounts().enableAuthorization();
        milvus.state().createCollection("default", "one");
        milvus.state().createCollection("default", "two");
        try (milvus; OperatorUnderTest operator = OperatorUnderTest.startInNamespacedMode(controlPlane, namespace)) {
            user.applyExample("connection-with-token.yaml", milvus);
            user.apply("""
                    apiVersion: collectionalias.dev/v1alpha1
                    kind: CollectionAlias
                    metadata: {name: products}
                    spec:
                      alias: products
                      collection: one
                      connectionRef: {name: secured}
                      cutover: {promotion: {mode: Manual}}
                    """);
            user.awaitReady("products");

            user.run("patch", "calias/products", "--type=merge", "-p", "{\"spec\": {\"collection\": \"two\"}}");
            user.run("wait", "--for=condition=AwaitingPromotion", "--timeout=45s", "calias/products");
            user.run("annotate", "calias/products", "collectionalias.dev/promote=two@2");
            user.awaitReady("products");
            assertThat(milvus.state().target("default", "products")).contains("two");

            user.run("annotate", "calias/products", "collectionalias.dev/rollback=previous@2");
            user.run("wait", "--for=jsonpath={.status.active.collection}=one", "--timeout=45s", "calias/products");
            assertThat(user.run("get", "events", "--field-selector=involvedObject.name=products"))
                    .contains("AliasCreated", "Switched", "RolledBack");

            user.run("delete", "calias/products", "mconn/secured", "secret/milvus-root", "--timeout=45s");
            assertThat(milvus.state().target("default", "products")).isEmpty();
        }
    }

    private void assertNothingOutside(PermittedRequests permitted) {
        assertThat(permitted.in(elsewhere.name(), KINDS)).isEmpty();
        assertThat(permitted.in(elsewhere.name(), STATUSES)).isEmpty();
        assertThat(permitted.in(elsewhere.name(), SETTINGS)).isEmpty();
        assertThat(permitted.clusterWide(KINDS)).isEmpty();
        assertThat(permitted.clusterWide(SETTINGS)).isEmpty();
        assertThat(permitted.clusterWide(OF_THE_CLUSTER)).isEmpty();
    }

    private static Set<String> every(Set<String> verbs, String... resources) {
        Set<String> requests = new TreeSet<>();
        for (String resource : resources) {
            verbs.forEach(verb -> requests.add(verb + " " + resource));
        }
        return requests;
    }
}
