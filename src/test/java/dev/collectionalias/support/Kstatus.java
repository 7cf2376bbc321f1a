package dev.collectionalias.support;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/** The real kstatus, by which Flux and others tell how an object fares, built once per machine and version. */
public final class Kstatus {

    private Kstatus() {}

    /** What it says of each object: InProgress, Current, Failed or Terminating. */
    public static List<String> of(List<JsonNode> objects) {
        String lines = String.join("\n", objects.stream().map(JsonNode::toString).toList());
        return Command.of(program()).reading(lines).runOrFail().lines().toList();
    }

    private static String program() {
        GoModule module = GoModule.named("kstatus");
        return BuildCache.get("kstatus/" + module.key(), directory -> {
            GoModule.requireGo("leave out the test with kstatus");
            module.build(".", "", directory.resolve("kstatus"));
        }).resolve("kstatus").toString();
    }
}
