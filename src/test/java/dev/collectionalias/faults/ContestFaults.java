package dev.collectionalias.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import dev.collectionalias.api.v1alpha1.Api;
import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.OperatorJvm;
import dev.collectionalias.support.OperatorUnderTest;
import dev.collectionalias.support.ShippedRole;
import dev.collectionalias.support.TestNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Others who want an alias elsewhere, and do not give in. The operator does, after a few writes, and says so. */
@ExtendWith({ControlPlaneExtension.class, FaultReportExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContestFaults {

    private static final int CORRECTIONS = 5;
    /** A switch of an old server is sent twice, and once more when no search can know the old one. */
    private static final int WRITES_EACH = 3;
    /** Twice the interval at which drift is looked for. */
    private static final Duration LONG_ENOUGH_TO_WRITE = Duration.ofSeconds(10);
    private static final Duration BEFORE = Duration.ofSeconds(1);

    private Scene scene;
    private ControlPlane controlPlane;
    private OperatorJvm operator;
    private Drill drill;

    @BeforeAll
    void start(ControlPlane controlPlaneOfTheRun, TestNamespace namespace, FaultReport report) {
        controlPlane = controlPlaneOfTheRun;
        scene = new Scene(namespace, "contest", 20, 5, "refreshInterval: 5s");
        operator = OperatorJvm.watching(namespace.name(), ShippedRole.kubeconfig(controlPlane));
        drill = scene.drill(report);
        scene.connect();
    }

    @AfterAll
    void stop() {
        operator.close();
        scene.close();
    }

    @Test
    void foreignWriterThatNeverStops() {
        scene.ledger().applied(apply(scene.objects(), "fought", "blue", "IfMatching"));
        scene.objects().awaitReady("fought", "blue");
        int before = writes("fought");
        ForeignWriter writer = new ForeignWriter(scene.aliases(), "fought", "green");
        AtomicInteger written = new AtomicInteger();

        drill.play(new Fault("a foreign writer insists on another collection", () -> {
            writer.begin();
            scene.objects().awaitReason("fought", Reason.OwnershipContested);
            written.set(writes("fought") - writer.moves() - before);
        }, LONG_ENOUGH_TO_WRITE, () -> {
            assertThat(writes("fought") - writer.moves() - before).as("writes of the operator")
                    .isEqualTo(written.get()).isBetween(CORRECTIONS, CORRECTIONS * WRITES_EACH);
            writer.close();
            retry(scene.objects(), "fought");
        }), 1, BEFORE, () -> "%d writes of the operator, none of them later than OwnershipContested; %d of the other"
                .formatted(written.get(), writer.moves()));
    }

    @Test
    void operatorsOfTwoClusters() {
        TestNamespace another = ControlPlaneExtension.anotherNamespace(controlPlane);
        AliasObjects others = new AliasObjects(another);
        others.connection("default", MilvusScene.CONNECTION.formatted(scene.milvus().uri()));
        scene.ledger().applied(apply(scene.objects(), "shared", "blue", "IfMatching"));
        scene.objects().awaitReady("shared", "blue");
        int before = writes("shared");
        AtomicInteger written = new AtomicInteger();

        try (OperatorUnderTest ofAnotherCluster = OperatorUnderTest.start(controlPlane, another.name())) {
            drill.play(new Fault("operators of two clusters, one alias", () -> {
                apply(others, "shared", "green", "Adopt");
                scene.objects().awaitReason("shared", Reason.OwnershipContested);
                others.awaitReason("shared", Reason.OwnershipContested);
                written.set(writes("shared") - before);
            }, LONG_ENOUGH_TO_WRITE, () -> {
                assertThat(writes("shared") - before).as("writes of both").isEqualTo(written.get())
                        .isBetween(CORRECTIONS, (2 * CORRECTIONS + 1) * WRITES_EACH);
                others.patchSpec("shared", "{deletionPolicy: Retain}");
                others.delete("shared");
                others.awaitGone("shared");
                retry(scene.objects(), "shared");
            }), 1, BEFORE,
                    () -> "%d writes of both, none of them later than OwnershipContested".formatted(written.get()));
        }
    }

    private static CollectionAlias apply(AliasObjects objects, String alias, String collection, String adoption) {
        return objects.create(alias, "{alias: %s, collection: %s, adoptionPolicy: %s, refreshInterval: 5s}"
                .formatted(alias, collection, adoption));
    }

    private static void retry(AliasObjects objects, String name) {
        objects.annotate(name, Api.RETRY, Long.toString(objects.get(name).getMetadata().getGeneration()));
    }

    private int writes(String alias) {
        return (int) scene.milvus().journal().aliasWrites().stream().filter(call -> call.alias().equals(alias)).count();
    }
}
