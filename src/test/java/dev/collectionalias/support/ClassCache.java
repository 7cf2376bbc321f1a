package dev.collectionalias.support;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the Java runtime keeps of a run, so that the next one starts in a third of the time. */
public final class ClassCache {

    private static final int KNOWS_IT = 25;

    private ClassCache() {}

    /**
     * Made as the Dockerfile makes it.
     *
     * @param libraries those of the operator, as a class path
     * @param program the operator: {@code -jar} or {@code -cp} and what belongs to it
     * @return the options with which the same program uses it; none on a runtime that is too old
     */
    public static List<String> make(Path cache, String libraries, List<String> program) {
        if (Runtime.version().feature() < KNOWS_IT) {
            return List.of();
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "-cp", libraries, "src/main/image/TrainingRun.java",
                java, "-XX:AOTCacheOutput=" + cache, "-Xlog:aot*=error", "@src/main/image/java.options"));
        command.addAll(program);
        command.add("run");
        Command.of(command.toArray(String[]::new)).runOrFail();
        return List.of("-XX:AOTCache=" + cache);
    }
}
