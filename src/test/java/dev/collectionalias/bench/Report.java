package dev.collectionalias.bench;

import java.time.Instant;
import java.util.List;

/** One run. */
record Report(Instant at, Machine machine, List<String> versions, Settings settings, ApiFloor apiFloor,
        List<ServerReport> servers) {

    List<Goal> goals() {
        return servers.stream().flatMap(server -> Goal.of(server).stream()).toList();
    }
}
