package dev.collectionalias.cli;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands, and an operator that answers requests as a test says. */
@Timeout(60)
abstract class RequestStage {

    static final String HANDLED = "handledRequests: {%s: '%s'}";

    CommandStage stage;

    @BeforeEach
    void start(@TempDir Path directory) {
        stage = new CommandStage(directory);
    }

    @AfterEach
    void stop() {
        stage.close();
    }
}
