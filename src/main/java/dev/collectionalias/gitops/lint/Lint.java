package dev.collectionalias.gitops.lint;

import static java.lang.String.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.collectionalias.gitops.manifests.Complaint;
import dev.collectionalias.gitops.manifests.Manifest;
import dev.collectionalias.gitops.manifests.Manifests;
import dev.collectionalias.gitops.manifests.Place;

/** Finds the faults of manifests that the manifests alone show. */
public final class Lint {

    private Lint() {}

    /** What the API server would refuse, and objects that appear twice. */
    public static List<Complaint> objects(Manifests manifests) {
        List<Complaint> complaints = new ArrayList<>(manifests.unreadable());
        Map<String, Place> seen = new HashMap<>();
        for (Manifest manifest : manifests.all()) {
            manifest.findings().forEach(finding -> complaints.add(new Complaint(manifest.place(), manifest.title(),
                    finding.path(), finding.message())));
            Place before = manifest.name().isEmpty() ? null : seen.putIfAbsent(manifest.title(), manifest.place());
            if (before != null) {
                complaints.add(new Complaint(manifest.place(), manifest.title(), "",
                        format("is in %s, too", before)));
            }
        }
        return complaints;
    }

    /** Like {@link #objects}, and aliases that several objects claim. */
    static List<Complaint> all(Manifests manifests) {
        List<Manifest> valid = manifests.all().stream().filter(manifest -> manifest.findings().isEmpty()).toList();
        Stream<Complaint> contested = AliasClaim.contested(valid, AliasClaim::byConnection).entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(sentence -> new Complaint(entry.getKey().place(),
                        entry.getKey().title(), "", sentence)));
        return Stream.concat(objects(manifests).stream(), contested).toList();
    }

    /** The rules that only the API server can check, without repetition. */
    static List<String> notChecked(Manifests manifests) {
        return manifests.all().stream().map(Manifest::schema).distinct()
                .flatMap(schema -> schema.changeRules().stream().map(rule -> schema.kind() + " " + rule)).toList();
    }
}
