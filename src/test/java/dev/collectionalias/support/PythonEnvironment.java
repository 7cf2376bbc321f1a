package dev.collectionalias.support;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Python packages in an environment of their own, made once per machine and set of versions. */
public record PythonEnvironment(Path directory) {

    private static final String INSTALL = "Python 3.9 or newer with venv is needed to run Milvus in tests: "
            + "install python3 and python3-venv";

    /** Something that is made from the packages once, in the environment's directory. */
    public interface Preparation {
        void in(PythonEnvironment environment);
    }

    /** @param packages pip requirements with exact versions */
    public static PythonEnvironment with(String name, Preparation preparation, String... packages) {
        String key = "python/%s-%s".formatted(name, Integer.toHexString(List.of(packages).hashCode()));
        return new PythonEnvironment(BuildCache.get(key, directory -> {
            System.err.println("installing " + String.join(" ", packages) + " (once per machine)");
            createIn(directory);
            PythonEnvironment environment = new PythonEnvironment(directory);
            List<String> pip = new ArrayList<>(
                    List.of(environment.binary("python"), "-m", "pip", "install", "--quiet", "--no-input"));
            pip.addAll(List.of(packages));
            Command.of(pip.toArray(String[]::new)).runOrFail();
            preparation.in(environment);
        }));
    }

    public String binary(String name) {
        return directory.resolve("bin").resolve(name).toString();
    }

    private static void createIn(Path directory) {
        Command.Outcome version;
        try {
            version = Command.of("python3", "-c", "import sys, ensurepip; assert sys.version_info >= (3, 9)").run();
        } catch (UncheckedIOException absent) {
            throw new IllegalStateException(INSTALL);
        }
        if (version.exitCode() != 0) {
            throw new IllegalStateException(INSTALL);
        }
        Command.of("python3", "-m", "venv", directory.toString()).runOrFail();
    }
}
