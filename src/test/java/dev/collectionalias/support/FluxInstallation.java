package dev.collectionalias.support;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is needed to install two of Flux's controllers, had from the Go modules in {@code src/test/flux} once per machine and
 * version: their programs and their kinds.
 */
record FluxInstallation(Path directory) {

    static final String SOURCES = "source-controller";
    static final String KUSTOMIZATIONS = "kustomize-controller";

    static FluxInstallation get() {
        List<GoModule> modules = Stream.of(SOURCES, KUSTOMIZATIONS).map(name -> GoModule.named("flux/" + name))
                .toList();
        String key = String.join("-", modules.stream().map(GoModule::key).toList());
        return new FluxInstallation(BuildCache.get("flux/" + key, directory -> {
            GoModule.requireGo("leave out the test with Flux");
            Path kinds = Files.createDirectory(directory.resolve("kinds"));
            for (GoModule module : modules) {
                String name = module.directory().getFileName().toString();
                String source = "github.com/fluxcd/" + name;
                System.err.printf("building Flux's %s %s … (once per machine, some minutes)%n", name,
                        module.versionOf(source));
                module.build(source, "", directory.resolve(name));
                Directories.copy(module.source(source).resolve("config/crd/bases"), kinds);
            }
        }));
    }

    String program(String controller) {
        return directory.resolve(controller).toString();
    }

    String kinds() {
        return directory.resolve("kinds").toString();
    }

    /** The versions of what runs, for the report. */
    static String versions() {
        return Stream.of(SOURCES, KUSTOMIZATIONS)
                .map(name -> name + " " + GoModule.named("flux/" + name).versionOf("github.com/fluxcd/" + name))
                .reduce("Flux's %s and %s"::formatted).orElseThrow();
    }
}
