package dev.collectionalias.gitops.forecast;

import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.gitops.lint.AliasClaim;
import dev.collectionalias.gitops.manifests.Manifest;
import dev.collectionalias.gitops.server.Crowd;

/**
 * The effects of applying some manifests to one Milvus.
 *
 * @param changes one for each manifest of an alias, in their order
 * @param skipped how many documents are not about an alias
 */
record Plan(List<Change> changes, int skipped) {

    /** @param prospects of valid manifests of aliases */
    static Plan of(List<Prospect> prospects, int skipped, Forecaster forecaster, IntConsumer progress) {
        Map<Manifest, List<String>> contested = AliasClaim
                .contested(prospects.stream().map(Prospect::manifest).toList(), AliasClaim::onOneServer);
        return new Plan(Crowd.map(prospects, prospect -> contested.containsKey(prospect.manifest())
                ? conflict(prospect.manifest(), contested.get(prospect.manifest()).getFirst())
                : forecaster.forecast(prospect), progress), skipped);
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
