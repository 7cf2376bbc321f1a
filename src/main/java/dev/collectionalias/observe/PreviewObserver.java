package dev.collectionalias.observe;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Preview;
import dev.collectionalias.milvus.MilvusGateway;
import dev.collectionalias.plan.AliasKey;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.seen.PreviewSight;

/** Looks at the preview alias of an object. */
final class PreviewObserver {

    private final ClaimBook claims;

    PreviewObserver(ClaimBook claims) {
        this.claims = claims;
    }

    /** @throws dev.collectionalias.milvus.MilvusException if the server does not answer as it should */
    PreviewSight observe(Subject subject, AliasKey preview, MilvusGateway gateway) {
        return sight(subject, preview, () -> gateway.describeAlias(preview.database(), preview.alias()));
    }

    /**
     * The sight without a call to the server, where a listing says enough.
     *
     * @param aliases the aliases of the active collection
     */
    Optional<PreviewSight> settled(Subject subject, AliasKey key, Set<String> aliases) {
        Preview held = subject.status().preview();
        String active = subject.status().active().collection();
        boolean there = held != null && aliases.contains(held.alias());
        return there
                ? Optional.of(sight(subject, key.with(held.alias()), () -> Optional.of(active)))
                : Optional.empty();
    }

    /**
     * The operator does not look at a managed preview alias that its connection does not allow any more. So it leaves
     * that where it is.
     */
    private PreviewSight sight(Subject subject, AliasKey preview, Supplier<Optional<String>> target) {
        return new PreviewSight(preview.alias(),
                claims.mayHave(subject, preview.alias()) ? target.get() : Optional.empty(),
                claims.previewClaimant(subject, preview),
                claims.pendingDrops(subject, preview));
    }
}
