package dev.collectionalias.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.collectionalias.support.BillOfMaterials;
import org.junit.jupiter.api.Test;

/** Scanners learn of each library in the image. */
class BillOfMaterialsIT {

    private static final Path BILL = Path.of("target/bom.json");
    private static final Path LIBRARIES = Path.of("target/lib");

    @Test
    void listsTheLibrariesOfTheImageAndNoOthers() throws IOException {
        assertThat(new BillOfMaterials(BILL).jars()).containsExactlyInAnyOrderElementsOf(shipped());
    }

    private static List<String> shipped() throws IOException {
        try (Stream<Path> files = Files.list(LIBRARIES)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
