package dev.collectionalias.gitops.forecast;

import static java.lang.String.format;

import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.gitops.cluster.Cluster;
import dev.collectionalias.gitops.manifests.Manifest;
import dev.collectionalias.observe.Subjects;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.schema.Finding;

/**
 * An object after somebody has applied a manifest.
 *
 * @param subject  as the operator sees it then
 * @param isKnown  whether the command knows the object's status, or that there is none; otherwise it assumes that the object
 *                 holds the alias
 * @param obstacle why the API server would refuse the manifest, or why applying it is in vain
 */
record Prospect(Manifest manifest, Subject subject, boolean isKnown, Optional<Problem> obstacle) {

    /** @param foreign whether an existing alias does not belong to this manifest yet */
    static Prospect withoutCluster(Manifest manifest, boolean foreign, Instant now) {
        return new Prospect(manifest, ManifestSubject.of(manifest, foreign, now), foreign, Optional.empty());
    }

    static Prospect in(Cluster cluster, Manifest manifest, Instant now) {
        String namespace = manifest.namespace().isEmpty() ? cluster.namespace() : manifest.namespace();
        ObjectName name = new ObjectName(namespace, manifest.name());
        return cluster.find(name).map(live -> onto(live, manifest, name))
                .orElseGet(() -> new Prospect(manifest, ManifestSubject.in(namespace, manifest, now), true,
                        Optional.empty()));
    }

    private static Prospect onto(CollectionAlias live, Manifest manifest, ObjectName name) {
        ObjectNode object = Applying.onto(live, manifest.object());
        Manifest applied = Manifest.of(manifest.place(), manifest.schema(), object);
        return new Prospect(applied, ManifestSubject.of(Subjects.of(live), applied), true,
                obstacle(live, applied, name));
    }

    private static Optional<Problem> obstacle(CollectionAlias live, Manifest applied, ObjectName name) {
        if (live.isMarkedForDeletion()) {
            return Optional.of(new Problem(Reason.Deleting,
                    format("CollectionAlias %s is being deleted, and goes with whatever is applied to it now", name)));
        }
        return applied.findings().stream().findFirst()
                .or(() -> applied.schema().checkChange(Applying.tree(live), applied.stored()).stream().findFirst())
                .map(Finding::toString).map(sentence -> new Problem(Reason.InvalidSpec, sentence));
    }
}
