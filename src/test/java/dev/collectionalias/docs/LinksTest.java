package dev.collectionalias.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No link within the documentation leads nowhere, and each page is found from the README. */
class LinksTest {

    private static final Path README = Path.of("README.md");

    static List<Page> pages() {
        return Page.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadSomewhere(Page page) {
        assertThat(relativeLinks(page)).filteredOn(link -> !leadsSomewhere(page, link)).isEmpty();
    }

    @Test
    void everyPageIsInTheReadmesList() {
        Set<Path> listed = relativeLinks(Page.read(README)).map(link -> target(README, link))
                .collect(Collectors.toSet());

        assertThat(pages()).extracting(Page::file).filteredOn(file -> file.startsWith("docs"))
                .allSatisfy(file -> assertThat(listed).contains(file));
    }

    private static Stream<String> relativeLinks(Page page) {
        return page.links().stream().filter(link -> !link.matches("(https?|mailto):.*"));
    }

    private static boolean leadsSomewhere(Page page, String link) {
        Path target = target(page.file(), link);
        if (!link.contains("#")) {
            return Files.exists(target);
        }
        return Files.isRegularFile(target)
                && Page.read(target).anchors().contains(link.substring(link.indexOf('#') + 1));
    }

    private static Path target(Path from, String link) {
        String path = link.replaceFirst("#.*", "");
        return path.isEmpty() ? from : from.resolveSibling(path).normalize();
    }
}
