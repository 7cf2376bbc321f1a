package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the image is made from where no registry can be reached: Debian's C library, as in the runtime image that is the
 * default, and for the build a shell, this machine's Maven and the JDK that the tests run on.
 */
final class BaseImages {

    static final String BUILD = "build-base";
    static final String RUNTIME = "runtime-base";

    private static final String MAVEN = "/usr/share/maven";
    private static final String JDK = "/usr/lib/jvm/jdk";
    private static final int OLDEST_JDK = 25;
    private static final List<String> MOUNT_POINTS = List.of("tmp", "proc", "dev", "sys", "etc", "root", "var");

    private BaseImages() {}

    static void make(Buildah buildah) {
        if (Runtime.version().feature() < OLDEST_JDK) {
            throw new IllegalStateException("A JDK of version 25 or newer is needed to build the image");
        }
        buildah.image(RUNTIME, files("runtime", List.of("netbase", "tzdata"), root -> {}), Set.of());
        String version = Runtime.version().toString().replace('+', '-');
        buildah.image(BUILD, files("build-" + version, List.of("busybox-static"), BaseImages::addTools),
                Set.of("JAVA_HOME=" + JDK, "PATH=%s/bin:%s/bin:/usr/bin:/bin".formatted(JDK, MAVEN)));
    }

    private static Path files(String name, List<String> packages, BuildCache.Build additions) {
        return BuildCache.get("base-images/" + name, root -> {
            DebianArchive.or("The C library of Debian is needed for an image's base").unpack(root,
                    Stream.concat(Stream.of("base-files", "libc6"), packages.stream()).toArray(String[]::new));
            MOUNT_POINTS.forEach(directory -> Directories.create(root.resolve(directory)));
            additions.into(root);
        });
    }

    private static void addTools(Path root) throws IOException {
        Command.of("sh", "-c", "for tool in $(./bin/busybox --list); do ln -s /bin/busybox usr/bin/$tool; done; "
                + "ln -s busybox bin/sh").in(root).runOrFail();
        copy(Path.of(System.getProperty("java.home")), root.resolve(JDK.substring(1)), "lib/src.zip");
        copy(mavenHome(), root.resolve(MAVEN.substring(1)), "none");
    }

    private static Path mavenHome() {
        return Command.of("mvn", "--version").runOrFail().lines().filter(line -> line.contains("Maven home: "))
                .map(line -> Path.of(line.substring(line.indexOf(": ") + 2).strip())).findFirst().orElseThrow();
    }

    /** With files instead of the links to them, which a package manager sets to all sides. */
    private static void copy(Path source, Path target, String without) {
        try {
            Files.createDirectories(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Command.of("sh", "-c", "tar -h -C \"$1\" --exclude=\"./$3\" -c . | tar -x -C \"$2\"", "copy", source.toString(),
                target.toString(), without).runOrFail();
    }
}
