package dev.collectionalias.gitops;

import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.Reason;

/**
 * What applying some manifests does to one Milvus.
 *
 * @param changes one for each manifest of an alias, in their order
 * @param skipped how many documents are about something else
 */
record Plan(List<Change> changes, int skipped) {

    /** @param manifests of aliases, which are valid */
    static Plan of(List<Manifest> manifests, int skipped, Server server, boolean foreign, IntConsumer progress) {
        Map<Manifest, List<String>> contested = AliasClaim.contested(manifests, AliasClaim::onOneServer);
        return new Plan(Crowd.map(manifests, manifest -> contested.containsKey(manifest)
                ? conflict(manifest, contested.get(manifest).getFirst())
                : server.forecast(manifest, foreign), progress), skipped);
    }

    private static Change conflict(Manifest manifest, String sentence) {
        return new Change(manifest.place(), manifest.title(), manifest.stored().at("/spec/database").asText(),
                manifest.stored().at("/spec/alias").asText(), Action.CONFLICT, null,
                manifest.stored().at("/spec/collection").asText(), Reason.Conflict.name(), sentence, List.of(), null);
    }

    Stream<Change> of(Action action) {
        return changes.stream().filter(change -> change.action() == action);
    }

    boolean hasConflicts() {
        return of(Action.CONFLICT).findAny().isPresent();
    }

    boolean hasChanges() {
        return changes.stream().anyMatch(Change::isChange);
    }
}
