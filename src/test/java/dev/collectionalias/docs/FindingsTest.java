package dev.collectionalias.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

class FindingsTest {

    private static final Path FOLDER = Path.of("findings");

    @Test
    void theListHasEachByItsName() throws IOException {
        assertThat(Files.readString(FOLDER.resolve("README.md")).lines().filter(line -> line.startsWith("| ["))
                .map(line -> line.substring(0, line.indexOf(" | ", 2))))
                .containsExactlyElementsOf(scripts().stream().map(Path::getFileName)
                        .map(name -> "| [%s](%1$s)".formatted(name)).toList());
    }

    @Test
    void eachCanBeRun() throws IOException {
        assertThat(scripts()).isNotEmpty().allSatisfy(script -> assertThat(script).isExecutable());
    }

    private static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".sh")).sorted().toList();
        }
    }
}
