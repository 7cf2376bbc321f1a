package dev.collectionalias.reconciler;

import java.time.Duration;

import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.ClusterModeExtension;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.OperatorUnderTest;
import dev.collectionalias.support.SharedConnection;
import dev.collectionalias.support.TestNamespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two teams share a server, whose credentials are in a namespace of neither. */
@ExtendWith(ClusterModeExtension.class)
abstract class TwoTeamsStage {

    static final Duration AT_ONCE = Duration.ofSeconds(5);

    final InProcessMilvus milvus = new InProcessMilvus();
    ControlPlane controlPlane;
    TestNamespace team;
    TestNamespace otherTeam;
    AliasObjects ours;
    AliasObjects theirs;
    AliasObjects vault;
    SharedConnection shared;
    private OperatorUnderTest operator;

    @BeforeEach
    void twoTeamsAndAServerWithAPassword(ControlPlane newControlPlane) {
        controlPlane = newControlPlane;
        team = ControlPlaneExtension.anotherNamespace(controlPlane);
        otherTeam = ControlPlaneExtension.anotherNamespace(controlPlane);
        TestNamespace secrets = ControlPlaneExtension.anotherNamespace(controlPlane);
        ours = new AliasObjects(team);
        theirs = new AliasObjects(otherTeam);
        vault = new AliasObjects(secrets);
        milvus.start();
        milvus.accounts().enableAuthorization();
        for (String collection : new String[]{"one", "two"}) {
            milvus.state().createCollection("default", collection);
            milvus.state().load("default", collection);
        }
        vault.secret("milvus", "token", milvus.token());
        shared = SharedConnection.create(controlPlane.client(), "of-" + team.name(),
                "{uri: '%s', auth: {secretRef: {namespace: %s, name: milvus}}, timeouts: {connect: 2s, rpc: 3s}}"
                        .formatted(milvus.uri(), secrets.name()));
        operator = OperatorUnderTest.startInClusterMode(controlPlane);
    }

    @AfterEach
    void stop() {
        operator.close();
        milvus.close();
    }

    void claim(AliasObjects objects, String alias, String collection) {
        objects.aliasWith(alias.replace('_', '-'),
                "{alias: %s, collection: %s, %s}".formatted(alias, collection, ref()));
    }

    String ref() {
        return "connectionRef: {kind: ClusterMilvusConnection, name: %s}".formatted(shared.name());
    }

    static String rule(TestNamespace namespace, String database, String aliasPattern) {
        return "{namespaces: ['%s'], databases: ['%s'], aliasPattern: '%s'}".formatted(namespace.name(), database,
                aliasPattern);
    }
}
