package dev.collectionalias.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.collectionalias.support.Command;
import dev.collectionalias.support.Directories;

/** What a node pulls of the image, in MiB, made of what the Dockerfile puts into its layers; without the base image. */
record ImageLayers(double runtimeMib, double librariesMib, double applicationMib) {

    private static final double BYTES_PER_MIB = 1024 * 1024;
    private static final Pattern MODULES = Pattern.compile("--add-modules \\\\\\s+(\\S+)");

    /**
     * @param jar       of the operator
     * @param cache     of loaded classes, if there is one
     * @param directory where everything is put together
     */
    static ImageLayers measure(Path jar, List<Path> cache, Path directory) {
        Path runtime = directory.resolve("java");
        Command.of(Path.of(System.getProperty("java.home"), "bin", "jlink").toString(), "--output", runtime.toString(),
                "--no-header-files", "--no-man-pages", "--add-modules", modules()).runOrFail();
        Path built = jar.getParent();
        return new ImageLayers(packed(directory, List.of(runtime)), packed(directory, List.of(built.resolve("lib"))),
                packed(directory, Stream.concat(cache.stream(), Stream.of(jar, built.resolve("bom.json"),
                        Path.of("src/main/image/java.options").toAbsolutePath())).toList()));
    }

    private static String modules() {
        try {
            return MODULES.matcher(Files.readString(Path.of("Dockerfile"))).results().map(named -> named.group(1))
                    .findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compressed as image builders do. */
    private static double packed(Path directory, List<Path> files) {
        Path layer = directory.resolve("layer.tar.gz");
        List<String> line = new ArrayList<>(List.of("tar", "--dereference", "-czf", layer.toString()));
        files.forEach(file -> line.addAll(List.of("-C", file.getParent().toString(), file.getFileName().toString())));
        Command.of(line.toArray(String[]::new)).runOrFail();
        try {
            return Files.size(layer) / BYTES_PER_MIB;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Directories.delete(layer);
        }
    }
}
