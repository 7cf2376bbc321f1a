package dev.collectionalias.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

import dev.collectionalias.support.Command;
import org.junit.jupiter.api.Test;

/** What the build makes: the operator without the commands for people, and those for themselves. */
class OperatorJarIT {

    private static final Path TARGET = Path.of("target");

    @Test
    void theOperatorHasNothingThatOnlyTheCommandsNeed() throws IOException {
        try (JarFile jar = new JarFile(jar().toFile())) {
            assertThat(jar.stream().map(JarEntry::getName)).contains("dev/collectionalias/OperatorMain.class")
                    .noneMatch(
                            name -> name.matches("dev/collectionalias/(CommandsMain|cli/|gitops/|schema/).*|crds/.*"));
        }
        assertThat(libraries()).isNotEmpty()
                .noneMatch(name -> name.matches("(picocli|cel|re2j|antlr4-runtime)-.*"));
    }

    @Test
    void theOperatorNamesNoClassThatItDoesNotHave() throws IOException {
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output);

        int code = ToolProvider.findFirst("jdeps").orElseThrow().run(writer, writer, "--missing-deps",
                "--multi-release",
                "21", "--class-path", String.join(File.pathSeparator, libraries().stream()
                        .map(name -> TARGET.resolve("lib").resolve(name).toString()).toList()),
                jar().toString());

        assertThat(output).hasToString("");
        assertThat(code).isZero();
    }

    @Test
    void theCommandsRunWithTheLibrariesBesideThem() throws IOException {
        Command.Outcome outcome = Command.of("sh", "deploy/plugin/kubectl-calias", "lint", "-f", "-")
                .reading(Files.readString(Path.of("deploy/examples/cutover.yaml"))).run();

        assertThat(outcome.stderr()).isEmpty();
        assertThat(outcome.stdout()).endsWith("1 manifest, 0 problems\n");
        assertThat(outcome.exitCode()).isZero();
    }

    private static Path jar() throws IOException {
        try (Stream<Path> files = Files.list(TARGET)) {
            return files.filter(file -> file.getFileName().toString().matches("collection-alias-operator-.*\\.jar"))
                    .findFirst().orElseThrow();
        }
    }

    private static List<String> libraries() throws IOException {
        try (Stream<Path> files = Files.list(TARGET.resolve("lib"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
