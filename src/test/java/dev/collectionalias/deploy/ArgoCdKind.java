package dev.collectionalias.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.collectionalias.api.v1alpha1.Api;

/** What Argo CD knows of one kind: a folder as it is in Argo CD's own {@code resource_customizations}. */
record ArgoCdKind(Path folder) {

    private static final Path GROUP = Path.of("deploy/argocd/resource_customizations", Api.GROUP);
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    static Stream<ArgoCdKind> all() {
        return list(GROUP).map(ArgoCdKind::new);
    }

    static ArgoCdKind named(String kind) {
        return new ArgoCdKind(GROUP.resolve(kind));
    }

    String name() {
        return folder.getFileName().toString();
    }

    boolean hasActions() {
        return Files.isDirectory(actionsFolder());
    }

    Path actionsFolder() {
        return folder.resolve("actions");
    }

    LuaScript healthCheck() {
        return LuaScript.in(folder.resolve("health.lua"));
    }

    LuaScript discovery() {
        return LuaScript.in(actionsFolder().resolve("discovery.lua"));
    }

    List<String> actions() {
        return list(actionsFolder()).filter(file -> Files.exists(file.resolve("action.lua")))
                .map(file -> file.getFileName().toString()).toList();
    }

    LuaScript action(String action) {
        return LuaScript.in(actionsFolder().resolve(action).resolve("action.lua"));
    }

    static JsonNode read(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Path> list(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
