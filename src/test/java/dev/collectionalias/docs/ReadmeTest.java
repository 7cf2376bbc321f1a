package dev.collectionalias.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;

import dev.collectionalias.api.v1alpha1.ConditionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The README is short, and its table of conditions is complete. */
class ReadmeTest {

    private static final Path README = Path.of("README.md");

    @ParameterizedTest
    @EnumSource
    void everyConditionIsExplained(ConditionType type) throws IOException {
        assertThat(TableRow.of(README, type.name())).as("rows of " + type).isNotEmpty();
    }

    @Test
    void whatGoesIntoDetailHasAPageOfItsOwn() {
        assertThat(README).content().satisfies(text -> assertThat(text.lines()).hasSizeLessThanOrEqualTo(210));
    }
}
