package dev.collectionalias.support;

import java.nio.file.Path;

/**
 * What is needed to install Argo CD, had from the Go module in {@code src/test/argocd} once per machine and version: one
 * program, which is each of its parts, and the manifests that it ships.
 */
record ArgoCdInstallation(Path directory) {

    private static final String SOURCE = "github.com/argoproj/argo-cd/v3";

    static ArgoCdInstallation get() {
        GoModule module = GoModule.named("argocd");
        return new ArgoCdInstallation(BuildCache.get("argocd/" + module.key(), directory -> {
            GoModule.requireGo("leave out the test with Argo CD");
            String version = module.versionOf(SOURCE);
            System.err.println("building Argo CD " + version + " … (once per machine, about 5 minutes)");
            module.build(SOURCE + "/cmd", "-X %s/common.version=%s".formatted(SOURCE, version.substring(1)),
                    directory.resolve("argocd"));
            Directories.copy(module.source(SOURCE).resolve("manifests"), directory.resolve("manifests"));
        }));
    }

    String program() {
        return directory.resolve("argocd").toString();
    }

    /** The kinds of Argo CD. */
    String crds() {
        return directory.resolve("manifests/crds").toString();
    }

    /** What it is configured by, as it is shipped. */
    String config() {
        return directory.resolve("manifests/base/config").toString();
    }
}
