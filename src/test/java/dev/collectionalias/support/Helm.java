package dev.collectionalias.support;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The helm of {@code src/test/helm}, built once per machine and version, or the one that the environment variable HELM
 * names. Nothing of the user's own helm is read or written.
 */
public record Helm(String program, Path home) {

    private static final String SOURCE = "helm.sh/helm/v3";

    public static Helm find() {
        String given = System.getenv("HELM");
        String program = given != null && !given.isBlank() ? given : built().toString();
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

    private static Path built() {
        GoModule module = GoModule.named("helm");
        return BuildCache.get("helm/" + module.key(), directory -> {
            GoModule.requireGo("set HELM to a helm of version 3");
            String version = module.versionOf(SOURCE);
            System.err.println("building helm " + version + " … (once per machine, about 2 minutes)");
            module.build(SOURCE + "/cmd/helm", linkerFlags(version, module.versionOf("k8s.io/client-go")),
                    directory.resolve("helm"));
        }).resolve("helm");
    }

    /** As Helm's own build has them. Without a Kubernetes version, it takes each chart for too new. */
    private static String linkerFlags(String version, String clientVersion) {
        String minor = clientVersion.split("\\.")[1];
        return String.join(" ", List.of("-X %s/internal/version.version=%s".formatted(SOURCE, version),
                "-X %s/pkg/chartutil.k8sVersionMajor=1".formatted(SOURCE),
                "-X %s/pkg/chartutil.k8sVersionMinor=%s".formatted(SOURCE, minor),
                "-X %s/pkg/lint/rules.k8sVersionMajor=1".formatted(SOURCE),
                "-X %s/pkg/lint/rules.k8sVersionMinor=%s".formatted(SOURCE, minor)));
    }
}
