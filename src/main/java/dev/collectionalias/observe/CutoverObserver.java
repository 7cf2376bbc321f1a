package dev.collectionalias.observe;

import static java.lang.String.format;

import java.util.Optional;
import java.util.function.Supplier;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Active;
import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.api.v1alpha1.LoadedPolicy;
import dev.collectionalias.api.v1alpha1.ReplicasPolicy;
import dev.collectionalias.api.v1alpha1.SchemaPolicy;
import dev.collectionalias.milvus.MilvusGateway;
import dev.collectionalias.plan.AliasKey;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.seen.CollectionFacts;
import dev.collectionalias.plan.seen.CollectionState;
import dev.collectionalias.plan.seen.GateFacts;
import dev.collectionalias.plan.seen.Loading;
import dev.collectionalias.plan.seen.Need;
import dev.collectionalias.plan.seen.Replicas;
import dev.collectionalias.plan.seen.RowCount;
import dev.collectionalias.plan.seen.Schema;
import dev.collectionalias.plan.seen.SearchTrial;
import dev.collectionalias.plan.seen.WebhookAnswer;
import dev.collectionalias.webhook.WebhookCaller;

/** Finds out what the gates of one cutover need to know, and nothing else. */
public final class CutoverObserver {

    private final WebhookCaller webhooks;

    public CutoverObserver(WebhookCaller webhooks) {
        this.webhooks = webhooks;
    }

    /**
     * Asks everything at once that takes a call.
     *
     * @throws dev.collectionalias.milvus.MilvusException if the server does not answer as it should
     */
    public GateFacts observe(Subject subject, AliasKey key, MilvusGateway gateway, Need.Gates need) {
        CollectionState candidate = need.candidate();
        Optional<CollectionState> baseline = need.baseline();
        boolean afterSwitch = need.afterSwitch();
        Cutover.Gates gates = subject.spec().cutover().gates();
        try (Questions questions = new Questions()) {
            Inquiry inquiry = new Inquiry(questions, gates, key.database(), gateway);
            var ofCandidate = inquiry.ofCandidate(candidate, baseline.isPresent());
            var ofBaseline = baseline.map(inquiry::ofBaseline);
            var search = baseline.flatMap(active -> inquiry.search(active, candidate));
            var webhook = webhook(subject, candidate, baseline, afterSwitch).map(questions::ask);
            var throughAlias = afterSwitch && gates.loaded() != LoadedPolicy.Never
                    ? Optional.of(
                            questions.ask(() -> obstacle(key.alias(), gateway.loading(key.database(), key.alias()))))
                    : Optional.<Supplier<String>>empty();
            return new GateFacts(ofCandidate.get(), ofBaseline.map(Supplier::get), search.map(Supplier::get),
                    webhook.map(Supplier::get), throughAlias.map(Supplier::get));
        }
    }

    private static String obstacle(String alias, Loading loading) {
        if (loading.isSearchable()) {
            return "";
        }
        return loading.obstacle().isEmpty()
                ? format("the collection behind %s is not loaded", alias)
                : loading.obstacle();
    }

    private Optional<Supplier<WebhookAnswer>> webhook(Subject subject, CollectionState candidate,
            Optional<CollectionState> baseline, boolean afterSwitch) {
        return Optional.ofNullable(subject.spec().cutover().gates().webhook()).map(spec -> {
            Active active = subject.status().active();
            int revision = active == null || active.revision() == null ? 0 : active.revision();
            var question = new WebhookCaller.Question(spec.url(), spec.timeout().value(), subject.name(),
                    afterSwitch ? WebhookCaller.Phase.Verifying : WebhookCaller.Phase.Checking,
                    baseline.map(CollectionState::name).orElse(null), candidate.name(),
                    afterSwitch ? revision : revision + 1);
            return () -> webhooks.ask(question);
        });
    }

    /** The questions of the gates about the collections of one cutover. */
    private record Inquiry(Questions questions, Cutover.Gates gates, String database, MilvusGateway gateway) {

        Supplier<CollectionFacts> ofCandidate(CollectionState candidate, boolean compared) {
            boolean loaded = gates.loaded() == LoadedPolicy.Always
                    || gates.loaded() == LoadedPolicy.IfServing && compared;
            boolean counted = gates.rows() != null
                    && (gates.rows().min() != null || gates.rows().percentOfActive() != null && compared);
            return facts(candidate, loaded, compared && gates.schema() != SchemaPolicy.Ignore, counted,
                    compared && gates.replicas() == ReplicasPolicy.AtLeastActive);
        }

        /** The look has told whether the baseline is loaded. If it is not, the gates need to know whether it soon will be. */
        Supplier<CollectionFacts> ofBaseline(CollectionState baseline) {
            boolean loading = gates.loaded() == LoadedPolicy.IfServing && !baseline.loaded();
            boolean counted = gates.rows() != null && gates.rows().percentOfActive() != null;
            return facts(baseline, loading, gates.schema() != SchemaPolicy.Ignore, counted,
                    gates.replicas() == ReplicasPolicy.AtLeastActive);
        }

        Optional<Supplier<SearchTrial>> search(CollectionState active, CollectionState candidate) {
            return Optional.ofNullable(gates.search()).map(spec -> questions
                    .ask(() -> gateway.trySearch(database, active.name(), candidate.name(), spec)));
        }

        private Supplier<CollectionFacts> facts(CollectionState state, boolean loadingAsked, boolean schemaAsked,
                boolean rowsAsked, boolean replicasAsked) {
            Supplier<Loading> loading = loadingAsked
                    ? questions.ask(() -> gateway.loading(database, state.name()))
                    : () -> state.loaded() ? Loading.LOADED : Loading.NOT_LOADED;
            Supplier<Optional<Schema>> schema = schemaAsked
                    ? questions.ask(() -> gateway.schema(database, state.name()))
                    : Optional::empty;
            Supplier<Optional<RowCount>> rows = rowsAsked
                    ? questions.ask(() -> Optional.of(gateway.rowCount(database, state.name())))
                    : Optional::empty;
            Supplier<Optional<Replicas>> replicas = replicasAsked
                    ? questions.ask(() -> Optional.of(gateway.replicas(database, state.name())))
                    : Optional::empty;
            return () -> new CollectionFacts(state, loading.get(), schema.get(), rows.get(), replicas.get());
        }
    }
}
