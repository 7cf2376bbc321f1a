package dev.collectionalias.deploy;

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
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An overlay of the shipped parts, as the README has users write one, is what a real API server accepts. */
@ExtendWith(ControlPlaneExtension.class)
class KustomizeIT {

    private static final Path DEPLOY = Path.of("deploy").toAbsolutePath();

    static Stream<List<String>> components() throws IOException {
        try (Stream<Path> directories = Files.list(DEPLOY.resolve("components"))) {
            List<List<String>> each = directories.sorted().map(Path::toString).map(List::of).toList();
            return Stream.concat(Stream.of(List.<String>of()), each.stream());
        }
    }

    @ParameterizedTest
    @MethodSource("components")
    void isAccepted(List<String> components, ControlPlane controlPlane, TestNamespace namespace,
            @TempDir Path overlay) throws IOException {
        Files.writeString(overlay.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                namespace: %s
                resources: [%s]
                components: %s
                """.formatted(namespace.name(), overlay.relativize(DEPLOY.resolve("base")),
                components.stream().map(component -> overlay.relativize(Path.of(component)).toString()).toList()));

        Outcome applied = controlPlane.kubectlAs(controlPlane.adminKubeconfig(), "", "apply", "--dry-run=server",
                "--validate=strict", "-k", overlay.toString());

        assertThat(applied.exitCode()).as(applied.stderr()).isZero();
        assertThat(applied.stdout()).contains("deployment.apps/collection-alias-operator");
    }
}
