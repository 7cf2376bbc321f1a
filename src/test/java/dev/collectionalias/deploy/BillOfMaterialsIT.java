package dev.collectionalias.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.collectionalias.support.BillOfMaterials;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scanners learn of each library in an image. */
class BillOfMaterialsIT {

    @ParameterizedTest
    @CsvSource({"target/bom.json, target/lib", "target/cli/commands.cdx.json, target/cli/lib"})
    void listsTheLibrariesOfTheImageAndNoOthers(Path bill, Path libraries) throws IOException {
        assertThat(new BillOfMaterials(bill).jars()).containsExactlyInAnyOrderElementsOf(shipped(libraries));
    }

    private static List<String> shipped(Path libraries) throws IOException {
        try (Stream<Path> files = Files.list(libraries)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
