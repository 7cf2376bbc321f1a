package dev.collectionalias.plan.cutover;

import java.util.Optional;

import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.api.v1alpha1.LoadedPolicy;
import dev.collectionalias.plan.seen.GateFacts;

/** After the switch the server answers a search through the alias, as applications send it. */
final class ServingGate implements Gate {

    @Override
    public String name() {
        return "serving";
    }

    @Override
    public Optional<Judgement> judge(Cutover.Gates spec, GateFacts facts) {
        if (spec.loaded() == LoadedPolicy.Never) {
            return Optional.empty();
        }
        return facts.throughAlias().flatMap(obstacle -> obstacle.isEmpty()
                ? Judgement.passed("a search through the alias was answered")
                : Judgement.waiting("a search through the alias failed: " + obstacle));
    }
}
