package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Git repository on this machine with the manifests of one application. Nothing of the user's own Git is read. */
public final class GitRepository implements AutoCloseable {

    static final Map<String, String> ENVIRONMENT = Map.of("GIT_CONFIG_GLOBAL", "/dev/null",
            "GIT_CONFIG_NOSYSTEM", "1", "GIT_AUTHOR_NAME", "A developer", "GIT_AUTHOR_EMAIL", "developer@example.com",
            "GIT_COMMITTER_NAME", "A developer", "GIT_COMMITTER_EMAIL", "developer@example.com");

    private final Path directory = Directories.fresh("git");

    public GitRepository() {
        git("init", "--quiet", "--initial-branch=main");
    }

    public String url() {
        return "file://" + directory;
    }

    /** Where it is on this machine. */
    Path directory() {
        return directory;
    }

    public GitRepository write(String file, String text) {
        try {
            Path path = directory.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public GitRepository remove(String file) {
        git("rm", "--quiet", file);
        return this;
    }

    /** Commits what was changed, and returns the new revision. */
    public String commit(String message) {
        git("add", "--all");
        git("commit", "--quiet", "--message", message);
        return git("rev-parse", "HEAD").strip();
    }

    private String git(String... arguments) {
        List<String> line = new ArrayList<>(List.of("git"));
        line.addAll(List.of(arguments));
        return Command.of(line.toArray(String[]::new)).in(directory).with(ENVIRONMENT).runOrFail();
    }

    @Override
    public void close() {
        Directories.delete(directory);
    }
}
