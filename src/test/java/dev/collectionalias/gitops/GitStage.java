package dev.collectionalias.gitops;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

import dev.collectionalias.CommandsMain;
import dev.collectionalias.cli.Terminal;
import dev.collectionalias.support.Command.Outcome;
import dev.collectionalias.support.MilvusServer;

/** Commands as somebody types them in a folder of manifests. */
public final class GitStage {

    public static final String ALIAS = """
            apiVersion: collectionalias.dev/v1alpha1
            kind: CollectionAlias
            metadata: {name: %s}
            spec: %s
            """;

    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();

    public GitStage(Path directory) {
        this.directory = directory;
    }

    /** Which server is meant, and how to get in, where the command line does not say. */
    public GitStage with(MilvusServer milvus) {
        environment.put("MILVUS_TOKEN", milvus.token());
        return at(milvus.uri());
    }

    public GitStage at(String uri) {
        environment.put("MILVUS_URI", uri);
        return this;
    }

    /** Where programs are found. */
    public GitStage withPath(Path bin) {
        environment.put("PATH", bin.toString());
        return this;
    }

    public GitStage without(String variable) {
        environment.remove(variable);
        return this;
    }

    /** Writes the manifest of an alias to {@code <name>.yaml}. */
    public GitStage alias(String name, String spec) {
        return file(name + ".yaml", ALIAS.formatted(name, spec));
    }

    public GitStage file(String name, String text) {
        try {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path directory() {
        return directory;
    }

    public Outcome run(String... arguments) {
        return run(Terminal.NONE, arguments);
    }

    public Outcome run(Terminal terminal, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = CommandsMain.commandLine(Clock.systemUTC(), terminal, environment).setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true)).execute(arguments);
        // How the folder is called is different each time.
        return new Outcome(code, out.toString().replace(directory + "/", ""),
                err.toString().replace(directory + "/", ""));
    }

    /** A file of {@code src/test/resources/gitops}. */
    public static String expected(String file) {
        try {
            return Files.readString(Path.of("src/test/resources/gitops", file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
