package dev.collectionalias.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;

import org.junit.jupiter.api.Test;

/** What counts as a sentence of a page, and how long it is. */
class SentenceTest {

    private static List<String> texts(String markdown) {
        return Sentence.ofMarkdown(markdown).stream().map(Sentence::text).toList();
    }

    private static long words(String markdown) {
        return Sentence.ofMarkdown(markdown).getFirst().words();
    }

    @Test
    void endsAtAFullStopOrWithItsBlock() {
        assertThat(texts("""
                # A heading

                It waits. Does it? (It does.) Version 2.6.23 is one
                - an item:
                """)).containsExactly("A heading", "It waits.", "Does it?", "(It does.)", "Version 2.6.23 is one",
                "an item:");
    }

    @Test
    void runsOnAcrossLinesAndIsFoundWhereItBegins() {
        assertThat(Sentence.ofMarkdown("""
                One begins here. Another one
                begins there and
                ends. A third
                """)).extracting(Sentence::line, Sentence::text).containsExactly(tuple(1, "One begins here."),
                tuple(1, "Another one begins there and ends."), tuple(3, "A third"));
    }

    @Test
    void isOneCellOfATable() {
        assertThat(texts("""
                | Reason | Means |
                | --- | --- |
                | `InSync` | All is well. Nothing to do |
                """)).containsExactly("Reason", "Means", "`InSync`", "All is well.", "Nothing to do");
    }

    @Test
    void isNotCode() {
        assertThat(texts("""
                Run this:

                ```sh
                kubectl get calias
                ```
                """)).containsExactly("Run this:");
    }

    @Test
    void hasCodeAsOneWordAndNoWordsOfAnAddress() {
        assertThat(words("The code is `OK`, `NOT_LOADED`, `NO_INDEX`.")).isEqualTo(4);
        assertThat(words("See [the page](docs/page.md#who-can-see-it) – now.")).isEqualTo(4);
    }

    @Test
    void mayBeATextWithoutMarkup() {
        assertThat(Sentence.ofText(7, "First one. Second one.")).containsExactly(new Sentence(7, "First one."),
                new Sentence(7, "Second one."));
    }
}
