package dev.collectionalias.support;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A helm of {@code src/test/helm}, built once per machine and version, or the one that an environment variable names.
 * Nothing of the user's own helm is read or written.
 */
public record Helm(String program, Path home) {

    /** What can be had of it: each is a program of its own, and applies objects in its own way. */
    public enum Major {
        /** Applies changes that it works out itself. The variable HELM names one. */
        THREE("HELM", "helm.sh/helm/v3"),
        /** Has the API server work them out, who knows which field is whose. The variable HELM4 names one. */
        FOUR("HELM4", "helm.sh/helm/v4");

        private final String variable;
        private final String module;

        Major(String variable, String module) {
            this.variable = variable;
            this.module = module;
        }
    }

    public static Helm find(Major major) {
        String given = System.getenv(major.variable);
        String program = given != null && !given.isBlank() ? given : built(major).toString();
        return new Helm(program, Directories.fresh("helm"));
    }

    public Command.Outcome run(String... arguments) {
        List<String> line = new ArrayList<>(List.of(program));
        line.addAll(List.of(arguments));
        return Command.of(line.toArray(String[]::new))
                .with(Map.of("HELM_CACHE_HOME", home.resolve("cache").toString(), "HELM_CONFIG_HOME",
                        home.resolve("config").toString(), "HELM_DATA_HOME", home.resolve("data").toString(),
                        "KUBECONFIG", home.resolve("none").toString()))
                .run();
    }

    /** Runs a command that has to succeed, and returns what it prints. */
    public String runOrFail(String... arguments) {
        Command.Outcome outcome = run(arguments);
        if (outcome.exitCode() != 0) {
            throw new AssertionError("helm %s ended with %d: %s%s".formatted(String.join(" ", arguments),
                    outcome.exitCode(), outcome.stdout(), outcome.stderr()));
        }
        return outcome.stdout();
    }

    private static Path built(Major major) {
        GoModule module = GoModule.named("helm");
        return BuildCache.get("helm/" + module.key() + "-" + major.name().toLowerCase(Locale.ROOT), directory -> {
            GoModule.requireGo("set %s to such a helm".formatted(major.variable));
            String version = module.versionOf(major.module);
            System.err.println("building helm " + version + " … (once per machine, about 2 minutes for both)");
            module.build(major.module + "/cmd/helm",
                    linkerFlags(major.module, version, module.versionOf("k8s.io/client-go")),
                    directory.resolve("helm"));
        }).resolve("helm");
    }

    /** As Helm's own build has them. Without a Kubernetes version, Helm 3 takes each chart for too new; 4 finds it by itself. */
    private static String linkerFlags(String module, String version, String clientVersion) {
        String minor = clientVersion.split("\\.")[1];
        return String.join(" ", List.of("-X %s/internal/version.version=%s".formatted(module, version),
                "-X %s/pkg/chartutil.k8sVersionMajor=1".formatted(module),
                "-X %s/pkg/chartutil.k8sVersionMinor=%s".formatted(module, minor),
                "-X %s/pkg/lint/rules.k8sVersionMajor=1".formatted(module),
                "-X %s/pkg/lint/rules.k8sVersionMinor=%s".formatted(module, minor)));
    }
}
