package dev.collectionalias;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.cli.Terminal;
import dev.collectionalias.runtime.OperatorConfig.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

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

    @Test
    void theCommandLineShowsWhatIsShown() throws IOException {
        assertThat(Files.readString(Path.of("README.md"))).contains("$ kubectl calias status products\n"
                + Files.readString(Path.of("src/test/resources/cli/held.txt")) + "```\n");
    }

    @Test
    void aPlanShowsWhatIsShown() throws IOException {
        assertThat(Files.readString(Path.of("README.md"))).contains("$ kubectl calias plan -f aliases\n"
                + Files.readString(Path.of("src/test/resources/gitops/plan-switch.txt")) + "```\n");
    }

    @ParameterizedTest
    @MethodSource
    void everyCommandIsListed(String command) throws IOException {
        assertThat(Files.readString(Path.of("README.md"))).containsPattern("\\| `kubectl calias " + command + "[ `]");
    }

    static Stream<String> everyCommandIsListed() {
        return CommandsMain.commandLine(Clock.systemUTC(), Terminal.NONE, Map.of()).getSubcommands().keySet().stream();
    }
}
