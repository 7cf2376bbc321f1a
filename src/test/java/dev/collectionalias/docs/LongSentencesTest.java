package dev.collectionalias.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Who is woken at night understands each sentence at the first reading: it is short. */
class LongSentencesTest {

    /** The aim is 25; what is above this is too much for anybody. */
    private static final int MOST_WORDS = 35;

    static List<Path> pages() {
        return Page.all().stream().map(Page::file).toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void noPageHasOne(Path page) throws IOException {
        assertThat(tooLong(page, Sentence.ofMarkdown(Files.readString(page)).stream())).isEmpty();
    }

    static List<Path> crds() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("crds"))) {
            return files.filter(file -> file.toString().endsWith(".collectionalias.dev.yaml")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("crds")
    void noDescriptionOfAFieldHasOne(Path crd) {
        List<Sentence> sentences = descriptions(crd);

        assertThat(sentences).isNotEmpty();
        assertThat(tooLong(crd, sentences.stream())).isEmpty();
    }

    private static List<String> tooLong(Path file, Stream<Sentence> sentences) {
        return sentences.filter(sentence -> sentence.words() > MOST_WORDS).map(sentence -> "%s:%d has %d words: %s"
                .formatted(file, sentence.line(), sentence.words(), sentence.text())).toList();
    }

    private static List<Sentence> descriptions(Path crd) {
        try (Reader yaml = Files.newBufferedReader(crd)) {
            return descriptions(new Yaml().compose(yaml)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Sentence> descriptions(Node node) {
        return switch (node) {
            case MappingNode object -> object.getValue().stream().flatMap(LongSentencesTest::descriptions);
            case SequenceNode list -> list.getValue().stream().flatMap(LongSentencesTest::descriptions);
            default -> Stream.of();
        };
    }

    private static Stream<Sentence> descriptions(NodeTuple field) {
        boolean isDescription = field.getKeyNode() instanceof ScalarNode key && key.getValue().equals("description");
        return isDescription && field.getValueNode() instanceof ScalarNode text
                ? Sentence.ofText(text.getStartMark().getLine() + 1, text.getValue()).stream()
                : descriptions(field.getValueNode());
    }
}
