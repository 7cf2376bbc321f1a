package dev.collectionalias.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.BillOfMaterials;
import dev.collectionalias.support.Command;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.Helm;
import dev.collectionalias.support.Kubectl;
import dev.collectionalias.support.MilvusAliases;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusStandalone;
import dev.collectionalias.support.OperatorImage;
import dev.collectionalias.support.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** The image is built, the chart is installed, and what the Deployment asks for is run from the image. */
@TestMethodOrder(OrderAnnotation.class)
@EnabledForJreRange(min = JRE.JAVA_25, disabledReason = "the image is built with JDK 25")
class ImageE2E {

    private static final String RELEASE = "collection-alias-operator";
    private static final String NAMESPACE = "collection-alias-system";
    private static final String DATABASE = "default";
    private static final String CLASSES = "/tmp/classes.log";
    private static final int TERMINATED = 128 + 15;
    /** An update pulls the last layer; the Java runtime and the libraries stay as they are. */
    private static final List<String> LAYERS = List.of("Java runtime", "libraries", "application");
    private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");

    /** What has to be closed, the last first. */
    private static final Deque<AutoCloseable> STARTED = new ArrayDeque<>();

    private static OperatorImage image;
    private static OperatorImage commands;
    private static MilvusStandalone milvus;
    private static MilvusAliases aliases;
    private static ControlPlane controlPlane;
    private static Kubectl kubectl;
    private static Pod pod;

    @BeforeAll
    static void start(@TempDir Path directory) {
        OperatorImage.Both built = OperatorImage.build();
        image = started(built.operator());
        commands = started(built.commands());
        milvus = started(new MilvusStandalone());
        milvus.start();
        aliases = started(new MilvusAliases(milvus));
        MilvusCollections collections = started(MilvusCollections.of(milvus));
        collections.create(DATABASE, "products_v1", 1);
        collections.load(DATABASE, "products_v1");
        collections.awaitSearchable(DATABASE, "products_v1");
        controlPlane = started(ControlPlane.start(directory.resolve("control-plane")));
        Helm.find(Helm.Major.THREE).runOrFail("install", RELEASE, "deploy/helm", "--namespace", NAMESPACE,
                "--create-namespace",
                "--kubeconfig", controlPlane.adminKubeconfig().toString(), "--set", "httpPort=" + Pod.freePort());
        Deployment deployment = controlPlane.client().apps().deployments().inNamespace(NAMESPACE).withName(RELEASE)
                .require();
        pod = started(Pod.start(image, deployment, controlPlane,
                Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + CLASSES)));
        pod.awaitReady();
        AliasObjects.await("it leads", () -> assertThat(pod.log()).contains("watching all namespaces"));
        kubectl = new Kubectl(controlPlane, "default");
    }

    private static <T extends AutoCloseable> T started(T server) {
        STARTED.push(server);
        return server;
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable server : STARTED) {
            server.close();
        }
    }

    @Test
    @Order(1)
    void anAliasIsReady() {
        kubectl.applyExample("connection.yaml", milvus);
        kubectl.applyExample("alias.yaml", milvus);

        kubectl.awaitReady("products");

        assertThat(aliases.target("products")).contains("products_v1");
    }

    /** As the Deployment has it. */
    @Test
    @Order(2)
    void runsWithoutRootAndChangesNothing() {
        assertThat(pod.proc("status").lines()).contains("Uid:\t65532\t65532\t65532\t65532",
                "Gid:\t65532\t65532\t65532\t65532", "Groups:\t ", "NoNewPrivs:\t1", "CapEff:\t0000000000000000");
        assertThat(pod.proc("mounts").lines().filter(line -> line.split(" ")[1].equals("/")))
                .isNotEmpty().allSatisfy(line -> assertThat(line.split(" ")[3]).startsWith("ro"));
    }

    /** What was kept is a start, without a connection to Milvus. */
    @Test
    @Order(3)
    void startsFromWhatItsRuntimeKept() throws IOException {
        List<String> loaded;
        try (Stream<String> lines = Files.lines(pod.file(CLASSES))) {
            loaded = lines.filter(line -> line.contains(" source: ")).toList();
        }
        long kept = loaded.stream().filter(line -> line.contains("source: shared objects file")).count();

        assertThat(loaded).anyMatch(line -> line.matches(".* dev\\.collectionalias\\.OperatorMain source: shared.*|"
                + ".* dev\\.collectionalias\\.runtime\\.OperatorProcess source: shared.*"));
        assertThat(kept).as("of %d classes", loaded.size()).isGreaterThan(loaded.size() / 2);
    }

    @Test
    @Order(4)
    void givesTheLeaseBackWhenItIsStopped() {
        assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("operator-0");

        assertThat(pod.stop()).isEqualTo(TERMINATED);

        assertThat(pod.log()).endsWith("stopped\n").doesNotContain("WARNING", "Exception");
        assertThat(lease().getSpec().getHolderIdentity()).isNullOrEmpty();
    }

    private static Lease lease() {
        return controlPlane.client().leases().inNamespace(NAMESPACE).withName(RELEASE).require();
    }

    /** What docs/image.md says of their sizes is at most a fifth from the truth. */
    @Test
    void itsLayersAreAsLargeAsTheDocumentationSays() throws IOException {
        // That of the base image is below them.
        List<Long> sizes = image.layers().subList(image.layers().size() - LAYERS.size(), image.layers().size());

        for (int i = 0; i < LAYERS.size(); i++) {
            String row = "\\| %s \\|.*\\| (\\d+) MiB \\|".formatted(LAYERS.get(i));
            MatchResult said = Pattern.compile(row).matcher(documentation()).results().findFirst().orElseThrow();
            double mebibytes = sizes.get(i) / 1024.0 / 1024.0;
            assertThat(mebibytes).as(LAYERS.get(i)).isBetween(Integer.parseInt(said.group(1)) * 0.8,
                    Integer.parseInt(said.group(1)) * 1.2);
        }
    }

    private static String documentation() throws IOException {
        return Files.readString(Path.of("docs/image.md"));
    }

    @Test
    void hasNothingThatOnlyTheCommandsForPeopleNeed() throws IOException {
        List<String> wall = List.of("picocli/", "dev/cel/", "dev/collectionalias/cli/", "dev/collectionalias/gitops/",
                "dev/collectionalias/schema/");
        List<Path> jars;
        try (Stream<Path> files = Files.walk(image.root().resolve("app"))) {
            jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
        }

        assertThat(jars).hasSizeGreaterThan(1).allSatisfy(jar -> {
            try (JarFile open = new JarFile(jar.toFile())) {
                assertThat(open.stream().map(JarEntry::getName))
                        .noneMatch(name -> wall.stream().anyMatch(name::startsWith));
            }
        });
    }

    @Test
    void saysWhereTheCommandsAre() {
        Command.Outcome outcome = image.run("", "lint", "-f", "-");

        assertThat(outcome.stderr())
                .isEqualToIgnoringNewLines("the operator takes no argument but 'run', and was given "
                        + "'lint -f -'; the commands for people are those of kubectl-calias");
        assertThat(outcome.exitCode()).isEqualTo(2);
    }

    /** The Java runtime has all that they use besides. */
    @Test
    void theCommandsRunInTheirOwnImage() throws IOException {
        Command.Outcome outcome = commands.run(Files.readString(Path.of("deploy/examples/cutover.yaml")), "lint", "-f",
                "-");

        assertThat(outcome.stderr()).isEmpty();
        assertThat(outcome.stdout()).endsWith("1 manifest, 0 problems\n");
        assertThat(outcome.exitCode()).isZero();
    }

    /** A layer is another one when a time in it is; so a build anew would be pulled anew. */
    @Test
    void noTimeOfTheBuildIsInTheLayersThatStay() throws IOException {
        FileTime fixed = FileTime.from(BUILT);
        for (String directory : List.of("opt/java", "app/lib")) {
            try (Stream<Path> files = Files.walk(image.root().resolve(directory))) {
                assertThat(files).allSatisfy(file -> assertThat(
                        Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)).isEqualTo(fixed));
            }
        }
    }

    @Test
    void itsBillOfMaterialsListsItsLibraries() throws IOException {
        List<String> listed = new BillOfMaterials(image.root().resolve("app/operator.cdx.json")).jars();

        try (Stream<Path> libraries = Files.list(image.root().resolve("app/lib"))) {
            assertThat(libraries.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(listed);
        }
    }
}
