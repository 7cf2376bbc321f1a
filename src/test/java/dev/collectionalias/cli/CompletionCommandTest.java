package dev.collectionalias.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

import dev.collectionalias.CommandsMain;
import dev.collectionalias.support.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code generate-completion}, as bash takes it. */
class CompletionCommandTest {

    @TempDir
    private Path directory;

    /** What bash offers where the last of these words ends. */
    private List<String> offered(String program, String... words) throws IOException {
        StringWriter script = new StringWriter();
        CommandsMain.commandLine(Clock.systemUTC(), Terminal.NONE, Map.of()).setOut(new PrintWriter(script, true))
                .execute("generate-completion", "--name", program);
        Path file = Files.writeString(directory.resolve("completion.bash"), script.toString());
        String function = "$(complete -p %s | sed 's/.* -F \\([^ ]*\\) .*/\\1/')".formatted(program);
        String ask = """
                set -e
                source '%s'
                COMP_WORDS=(%s %s)
                COMP_CWORD=%d
                %s || true
                printf '%%s\\n' "${COMPREPLY[@]}"
                """.formatted(file, program, String.join(" ", words), words.length, function);
        return Command.of("bash", "-c", ask).runOrFail().lines().map(String::strip).toList();
    }

    @Test
    void commandsAreCompleted() throws IOException {
        assertThat(offered("kubectl-calias", "e")).containsExactly("export");
        assertThat(offered("kubectl-calias", "p")).containsExactlyInAnyOrder("plan", "promote");
    }

    @Test
    void optionsAreCompleted() throws IOException {
        assertThat(offered("kubectl-calias", "export", "--output-")).containsExactly("--output-dir");
        assertThat(offered("kubectl-calias", "export", "--deletion-policy", "R")).containsExactly("Retain");
    }

    @Test
    void theProgramMayHaveAnotherName() throws IOException {
        assertThat(offered("calias", "li")).containsExactly("lint");
    }
}
