package dev.collectionalias.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;

import dev.collectionalias.CommandsMain;
import dev.collectionalias.cli.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/command-line.md has all commands, and shows what they show. */
class CommandLinePageTest {

    private static final Path PAGE = Path.of("docs/command-line.md");

    @Test
    void theStatusIsShownAsItIs() throws IOException {
        assertThat(Files.readString(PAGE)).contains("$ kubectl calias status products\n"
                + Files.readString(Path.of("src/test/resources/cli/held.txt")) + "```\n");
    }

    @Test
    void aPlanIsShownAsItIs() throws IOException {
        assertThat(Files.readString(PAGE)).contains("$ kubectl calias plan -f aliases\n"
                + Files.readString(Path.of("src/test/resources/gitops/plan-switch.txt")) + "```\n");
    }

    @ParameterizedTest
    @MethodSource
    void everyCommandIsListed(String command) throws IOException {
        assertThat(Files.readString(PAGE)).containsPattern("\\| `kubectl calias " + command + "[ `]");
    }

    static Stream<String> everyCommandIsListed() {
        return CommandsMain.commandLine(Clock.systemUTC(), Terminal.NONE, Map.of()).getSubcommands().keySet().stream();
    }
}
