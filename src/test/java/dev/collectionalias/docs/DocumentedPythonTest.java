package dev.collectionalias.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import dev.collectionalias.support.Command;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is shown in Python can at least be read by it. */
class DocumentedPythonTest {

    static List<Page.Block> blocks() {
        return Page.blocks("python");
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void compiles(Page.Block block) {
        Command.Outcome compiled = Command.of("python3", "-c", "import ast, sys; ast.parse(sys.stdin.read())")
                .reading(block.code()).run();

        assertThat(compiled.exitCode()).as(compiled.stderr()).isZero();
    }
}
