package dev.collectionalias.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;

import dev.collectionalias.runtime.OperatorConfig.Variable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/configuration.md has what the operator reads from its environment. */
class ConfigurationPageTest {

    @ParameterizedTest
    @EnumSource
    void everyVariableIsDocumentedAsItIs(Variable variable) throws IOException {
        String value = variable.defaultValue().isEmpty() ? " " : " `" + variable.defaultValue() + "` ";
        assertThat(TableRow.of(Path.of("docs/configuration.md"), variable.name()))
                .containsExactly("| `" + variable.name() + "` |" + value + "| " + variable.meaning() + " |");
    }
}
