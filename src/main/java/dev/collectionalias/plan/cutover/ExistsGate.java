package dev.collectionalias.plan.cutover;

import static java.lang.String.format;

import java.util.Optional;

import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.plan.seen.GateFacts;

/** The candidate exists: the operator has no facts about one that does not. */
final class ExistsGate implements Gate {

    static final String NAME = "exists";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Judgement> judge(Cutover.Gates spec, GateFacts facts) {
        return Judgement.passed(format("%s exists", facts.candidate().state().name()));
    }
}
