package dev.collectionalias;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.runtime.OperatorConfig.Variable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The README's tables are complete and true. */
class ReadmeTest {

    private static List<String> rowsOf(String word) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("README.md"))) {
            return lines.filter(line -> line.startsWith("| `" + word + "` |")).toList();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonSaysWhatToDo(Reason reason) throws IOException {
        assertThat(rowsOf(reason.name())).as("rows of " + reason).isNotEmpty()
                .anySatisfy(row -> assertThat(row.split("\\|")).hasSize(4));
    }

    @ParameterizedTest
    @EnumSource
    void everyConditionIsExplained(ConditionType type) throws IOException {
        assertThat(rowsOf(type.name())).as("rows of " + type).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyVariableIsDocumentedAsItIs(Variable variable) throws IOException {
        String value = variable.defaultValue().isEmpty() ? " " : " `" + variable.defaultValue() + "` ";
        assertThat(rowsOf(variable.name()))
                .containsExactly("| `" + variable.name() + "` |" + value + "| " + variable.meaning() + " |");
    }
}
