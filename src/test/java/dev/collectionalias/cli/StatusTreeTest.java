package dev.collectionalias.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is drawn of the objects in {@code src/test/resources/cli}, each beside its picture. */
class StatusTreeTest {

    private static final Path DIRECTORY = Path.of("src/test/resources/cli");
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    static Stream<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml")).map(name -> name.replace(".yaml", "")).sorted().toList();
            return names.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void drawsTheStatus(String name) throws IOException {
        assertThat(StatusTree.lines(look(name), NOON, Paint.NONE)).containsExactlyElementsOf(picture(name));
    }

    @Test
    void drawsTheHistoryAsATable() throws IOException {
        assertThat(HistoryTable.lines(look("rejected"), NOON)).containsExactlyElementsOf(picture("history"));
    }

    @Test
    void coloursOnlyColour() throws IOException {
        List<String> coloured = StatusTree.lines(look("held"), NOON, new Paint(true));

        assertThat(coloured).anyMatch(line -> line.contains("\u001b[32m✔"))
                .anyMatch(line -> line.contains("\u001b[33m…"));
        assertThat(coloured.stream().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")).toList())
                .containsExactlyElementsOf(picture("held"));
    }

    private static Look look(String name) throws IOException {
        return new Look(Serialization.unmarshal(Files.readString(DIRECTORY.resolve(name + ".yaml")),
                CollectionAlias.class));
    }

    private static List<String> picture(String name) throws IOException {
        return Files.readAllLines(DIRECTORY.resolve(name + ".txt"));
    }
}
