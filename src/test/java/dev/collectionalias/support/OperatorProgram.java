package dev.collectionalias.support;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.collectionalias.OperatorMain;

/** The operator's classes as they are now in a jar, without the commands for people, and what makes it start as fast as it does in the image. */
final class OperatorProgram {

    private static final Path CLASSES = Path.of("target/classes");
    private static final Pattern OF_THE_COMMANDS = Pattern
            .compile("dev/collectionalias/(CommandsMain|cli/|gitops/|schema/).*|crds/.*");
    private static final Pattern LIBRARY_OF_THE_COMMANDS = Pattern.compile("(picocli|cel|re2j|antlr4-runtime)-.*");

    private static final class Made {
        private static final Path DIRECTORY = Directories.fresh("operator-program");
        private static final List<String> PROGRAM = List.of("-cp", classPath(), OperatorMain.class.getName());
        private static final List<String> FASTER = ClassCache.make(DIRECTORY.resolve("operator.aot"), libraries(),
                PROGRAM);

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> Directories.delete(DIRECTORY)));
        }

        private static String classPath() {
            return jar(DIRECTORY.resolve("operator.jar")) + File.pathSeparator + libraries();
        }
    }

    private OperatorProgram() {}

    /** @param options of the Java runtime, beside the image's; the cache fits only where there are none */
    static List<String> with(List<String> options) {
        List<String> program = new ArrayList<>(options.isEmpty() ? Made.FASTER : options);
        program.addAll(Made.PROGRAM);
        return program;
    }

    private static String libraries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .filter(entry -> !LIBRARY_OF_THE_COMMANDS.matcher(Path.of(entry).getFileName().toString()).matches())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path jar(Path file) {
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out);
                Stream<Path> classes = Files.walk(CLASSES)) {
            for (Path entry : classes.filter(Files::isRegularFile).toList()) {
                String name = CLASSES.relativize(entry).toString();
                if (OF_THE_COMMANDS.matcher(name).matches()) {
                    continue;
                }
                jar.putNextEntry(new JarEntry(name));
                Files.copy(entry, jar);
                jar.closeEntry();
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
