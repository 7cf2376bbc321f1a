package dev.collectionalias.plan.cutover;

import static java.lang.String.format;

import java.util.Optional;

import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.api.v1alpha1.LoadedPolicy;
import dev.collectionalias.plan.seen.CollectionFacts;
import dev.collectionalias.plan.seen.GateFacts;
import dev.collectionalias.plan.seen.Loading;

/** The candidate answers searches, if the collection before it answers them. Milvus itself does not check this. */
final class LoadedGate implements Gate {

    static final String NAME = "loaded";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Judgement> judge(Cutover.Gates spec, GateFacts facts) {
        CollectionFacts candidate = facts.candidate();
        String name = candidate.state().name();
        return switch (spec.loaded()) {
            case Never -> Optional.empty();
            case IfServing -> facts.baseline().flatMap(baseline -> isServing(baseline) || isSearchable(candidate)
                    ? judge(spec, name, candidate.loading())
                    : Judgement.passed(
                            format("%s is not loaded, but neither is %s", name, baseline.state().name())));
            case Always -> judge(spec, name, candidate.loading());
        };
    }

    /** A collection that is loading is about to serve. */
    private static boolean isServing(CollectionFacts baseline) {
        return baseline.loading().stage() != Loading.Stage.NOT_LOADED;
    }

    private static boolean isSearchable(CollectionFacts candidate) {
        return candidate.loading().isSearchable();
    }

    private static Optional<Judgement> judge(Cutover.Gates spec, String name, Loading loading) {
        return switch (loading.stage()) {
            case SEARCHABLE -> Judgement.passed(format("%s is loaded and answers", name));
            case LOADED -> Judgement.waiting(format("%s is loaded, but does not answer yet%s", name, why(loading)));
            case LOADING -> Judgement.waiting(format("%d %% of %s is loaded%s", loading.percent(), name, why(loading)));
            case NOT_LOADED -> Judgement.waiting(format("%s is not loaded%s%s", name, why(loading),
                    Boolean.TRUE.equals(spec.autoLoad()) ? "" : "; load it, or set autoLoad"));
        };
    }

    private static String why(Loading loading) {
        return loading.obstacle().isEmpty() ? "" : ": " + loading.obstacle();
    }

    /** Whether {@code autoLoad} has something to do. */
    static boolean isToBeLoaded(Cutover.Gates spec, GateFacts facts) {
        boolean needed = spec.loaded() == LoadedPolicy.Always
                || spec.loaded() == LoadedPolicy.IfServing
                        && facts.baseline().filter(LoadedGate::isServing).isPresent();
        return needed && Boolean.TRUE.equals(spec.autoLoad())
                && facts.candidate().loading().stage() == Loading.Stage.NOT_LOADED;
    }
}
