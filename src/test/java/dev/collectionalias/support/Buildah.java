package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Debian's buildah, which builds images without a daemon. It runs in a root directory that has it with all its libraries,
 * so that it needs nothing of the machine but that its user is root there.
 *
 * @param root   where it is unpacked
 * @param data   where its images and containers are
 * @param driver how it stores them: {@code overlay}, or {@code vfs}, which copies a whole image for each layer
 */
record Buildah(Path root, Path data, String driver) implements AutoCloseable {

    /** Where the machine's own files are, for buildah. */
    private static final String MACHINE = "/machine";
    private static final String IN_ITS_ROOT = """
            set -eu
            root=$1
            shift
            mount --bind "$root" "$root"
            cd "$root"
            mount --rbind / .%s
            mount -t proc proc ./proc
            mount --rbind /dev ./dev
            mount --rbind /sys ./sys
            mount -t tmpfs tmpfs ./tmp
            mount -t tmpfs tmpfs ./run
            mount --bind /etc/resolv.conf ./etc/resolv.conf
            mount --bind /etc/hosts ./etc/hosts
            exec chroot . /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp /usr/bin/buildah "$@"
            """.formatted(MACHINE);

    /** One whose images are in this directory, which nothing else may use, and which it deletes in the end. */
    static Buildah in(Path data) {
        if (!Command.of("id", "-u").runOrFail().strip().equals("0")) {
            throw new IllegalStateException(
                    "to build an image in a test takes root with the right to mount (CAP_SYS_ADMIN)");
        }
        Path ofItsOwn = Directories.create(data.toAbsolutePath());
        return new Buildah(BuildCache.get("buildah", Buildah::unpack), ofItsOwn,
                canOverlay(ofItsOwn) ? "overlay" : "vfs");
    }

    /** Not where the directory is on an overlay itself, as in a container. */
    private static boolean canOverlay(Path directory) {
        Path trial = Directories.create(directory.resolve("trial"));
        Command.Outcome outcome = Command.of("unshare", "--mount", "--propagation", "private", "sh", "-c",
                "mkdir lower upper work all && mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work all")
                .in(trial).run();
        Directories.delete(trial);
        return outcome.exitCode() == 0;
    }

    private static void unpack(Path root) throws IOException {
        System.err.println("unpacking buildah (once per machine)");
        DebianArchive.or("buildah is needed to build the image").unpackWithDependencies(root, "buildah", "coreutils");
        for (String directory : List.of(MACHINE, "/proc", "/dev", "/sys", "/tmp", "/run", "/var/tmp")) {
            Directories.create(root.resolve(directory.substring(1)));
        }
        // No scripts of packages were run.
        Files.writeString(root.resolve("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n");
        Files.writeString(root.resolve("etc/group"), "root:x:0:\n");
        Files.writeString(root.resolve("etc/hosts"), "");
        Files.writeString(root.resolve("etc/resolv.conf"), "");
        Files.writeString(Directories.create(root.resolve("etc/containers")).resolve("policy.json"), """
                {"default": [{"type": "insecureAcceptAnything"}]}
                """);
    }

    /** Runs a command that has to succeed, and returns what it prints. */
    String run(String... arguments) {
        List<String> line = new ArrayList<>(List.of("unshare", "--mount", "--propagation", "private", "sh", "-c",
                IN_ITS_ROOT, "buildah", root.toString(), "--storage-driver", driver, "--root",
                path(data.resolve("storage")),
                "--runroot", path(data.resolve("run"))));
        line.addAll(Arrays.asList(arguments));
        return Command.of(line.toArray(String[]::new)).runOrFail();
    }

    /** A path of the machine as buildah sees it. */
    static String path(Path path) {
        return MACHINE + path.toAbsolutePath();
    }

    /** Makes an image of a directory's files. */
    void image(String name, Path files, Set<String> environment) {
        Path recipe = data.resolve(name + ".Dockerfile");
        String variables = environment.isEmpty() ? "" : "ENV " + String.join(" ", environment) + "\n";
        try {
            Files.writeString(recipe, "FROM scratch\nADD . /\n" + variables);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run("bud", "--quiet", "--isolation=chroot", "--file", path(recipe), "--tag", name, path(files));
    }

    @Override
    public void close() {
        Directories.delete(data);
    }
}
