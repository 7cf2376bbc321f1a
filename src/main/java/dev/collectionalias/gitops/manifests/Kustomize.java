package dev.collectionalias.gitops.manifests;

import static java.lang.String.format;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import dev.collectionalias.cli.Failure;

/**
 * Renders a directory with {@code kubectl kustomize}, into what {@code kubectl apply -k} sends. The output may contain Secrets,
 * so it stays in memory.
 */
final class Kustomize {

    private static final String KUBECTL = "kubectl";
    /** Kustomize may have to fetch parts from elsewhere. */
    private static final int MOST_MINUTES = 2;

    private Kustomize() {}

    /**
     * Renders the manifests.
     *
     * @param environment whose PATH has kubectl
     * @throws Failure with kubectl's words if kubectl fails
     */
    static String render(Path directory, Map<String, String> environment) {
        try {
            Process kubectl = new ProcessBuilder(kubectl(environment), "kustomize", directory.toString()).start();
            kubectl.getOutputStream().close();
            AtomicBoolean late = new AtomicBoolean();
            CompletableFuture.delayedExecutor(MOST_MINUTES, TimeUnit.MINUTES).execute(() -> {
                late.set(true);
                end(kubectl);
            });
            CompletableFuture<String> complaints = CompletableFuture.supplyAsync(() -> text(kubectl.getErrorStream()));
            String manifests = text(kubectl.getInputStream());
            if (kubectl.waitFor() != 0) {
                throw new Failure(format("%s can't be rendered: %s", directory, late.get()
                        ? "kubectl kustomize took more than " + MOST_MINUTES + " minutes"
                        : complaints.join().strip()));
            }
            return manifests;
        } catch (IOException | UncheckedIOException e) {
            throw new Failure(format("%s can't be rendered: %s", directory, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String kubectl(Map<String, String> environment) {
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, KUBECTL)).filter(Files::isExecutable).findFirst()
                .orElseThrow(
                        () -> new Failure("-k needs kubectl on the PATH, to run kubectl kustomize; without it, pipe "
                                + "what kustomize build renders into -f -"))
                .toString();
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(Process kubectl) {
        kubectl.descendants().forEach(ProcessHandle::destroyForcibly);
        kubectl.destroyForcibly();
    }
}
