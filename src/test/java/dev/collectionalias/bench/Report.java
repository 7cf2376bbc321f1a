package dev.collectionalias.bench;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One run, or as much of it as there is yet.
 *
 * @param apiFloor where the load was measured
 * @param scale    where many objects were
 */
record Report(Instant at, Machine machine, List<String> versions, Settings settings, Optional<ApiFloor> apiFloor,
        List<ServerReport> servers, Optional<ScaleReport> scale) {

    List<Goal> goals() {
        return Stream.concat(servers.stream().flatMap(server -> Goal.of(server).stream()),
                scale.stream().flatMap(many -> ScaleGoals.of(many).stream())).toList();
    }

    Report with(ApiFloor floor) {
        return new Report(at, machine, versions, settings, Optional.of(floor), servers, scale);
    }

    Report with(ServerReport server) {
        return new Report(at, machine, versions, settings, apiFloor,
                Stream.concat(servers.stream(), Stream.of(server)).toList(), scale);
    }

    Report with(ScaleReport many) {
        return new Report(at, machine, versions, settings, apiFloor, servers, Optional.of(many));
    }
}
