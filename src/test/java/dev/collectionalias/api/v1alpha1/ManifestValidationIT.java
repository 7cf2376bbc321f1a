package dev.collectionalias.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.collectionalias.support.Command.Outcome;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.TestNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the API server says to manifests, by kubectl, as a user hears it. A new rule begins as a new file. In a file of
 * more than one document all but the last are accepted, and the last is what the test is about; {@code # with:} names an
 * option for kubectl.
 */
@ExtendWith(ControlPlaneExtension.class)
class ManifestValidationIT {

    private static final Path MANIFESTS = Path.of("src/test/resources/manifests");
    private static final String EXPECT = "# expect: ";
    private static final String WITH = "# with: ";

    static Stream<Path> valid() {
        return filesOf(MANIFESTS.resolve("valid"));
    }

    static Stream<Path> invalid() {
        return filesOf(MANIFESTS.resolve("invalid"));
    }

    static Stream<Path> examples() {
        return filesOf(Path.of("deploy/examples"));
    }

    /** They are in no namespace, and other tests would see them. */
    @AfterAll
    static void removeClusterConnections(ControlPlane controlPlane) {
        controlPlane.client().resources(ClusterMilvusConnection.class).delete();
    }

    @ParameterizedTest
    @MethodSource("valid")
    void validManifestIsAccepted(Path file, ControlPlane controlPlane, TestNamespace namespace) {
        documents(file).forEach(document -> assertAccepted(apply(document, controlPlane, namespace)));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void invalidManifestIsRefusedWithASentence(Path file, ControlPlane controlPlane, TestNamespace namespace) {
        List<String> documents = documents(file);
        String expected = comment(file, EXPECT);
        documents.subList(0, documents.size() - 1)
                .forEach(document -> assertAccepted(apply(document, controlPlane, namespace)));

        Outcome refused = apply(documents.getLast(), controlPlane, namespace, options(file));

        assertThat(refused.exitCode()).as(refused.stdout()).isNotZero();
        assertThat(refused.stderr()).contains(expected);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shippedExampleIsAccepted(Path file, ControlPlane controlPlane, TestNamespace namespace) {
        assertAccepted(apply(read(file), controlPlane, namespace));
    }

    @Test
    void everyFileIsAManifest() throws IOException {
        try (Stream<Path> files = Files.walk(MANIFESTS)) {
            List<Path> unused = files.filter(Files::isRegularFile)
                    .filter(file -> Stream.concat(valid(), invalid()).noneMatch(file::equals)).toList();

            assertThat(unused).as("files that no test reads").isEmpty();
        }
    }

    private static Outcome apply(String manifest, ControlPlane controlPlane, TestNamespace namespace,
            String... options) {
        String[] line = Stream.concat(Stream.of("apply", "--validate=strict", "-n", namespace.name(), "-f", "-"),
                Stream.of(options)).toArray(String[]::new);
        return controlPlane.kubectlAs(controlPlane.adminKubeconfig(), manifest, line);
    }

    private static void assertAccepted(Outcome applied) {
        assertThat(applied.exitCode()).as(applied.stderr()).isZero();
    }

    private static Stream<Path> filesOf(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        } catch (IOException e) {
            throw new AssertionError("no manifests in " + directory, e);
        }
    }

    private static List<String> documents(Path file) {
        return List.of(read(file).split("(?m)^---$"));
    }

    private static String[] options(Path file) {
        return read(file).contains(WITH) ? new String[]{comment(file, WITH)} : new String[0];
    }

    private static String comment(Path file, String prefix) {
        return read(file).lines().filter(line -> line.startsWith(prefix)).findFirst()
                .map(line -> line.substring(prefix.length()).strip()).filter(text -> !text.isEmpty())
                .orElseThrow(() -> new AssertionError(file + " has no line that begins with '" + prefix + "'"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(file + " can't be read", e);
        }
    }
}
