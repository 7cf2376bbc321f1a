package dev.collectionalias.plan.cutover;

import static java.lang.String.format;

import java.util.Locale;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.api.v1alpha1.LoadedPolicy;
import dev.collectionalias.plan.seen.AliasTrial.Queried;
import dev.collectionalias.plan.seen.AliasTrial.Refused;
import dev.collectionalias.plan.seen.AliasTrial.Searched;
import dev.collectionalias.plan.seen.AliasTrial.Unsearchable;
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
        return facts.throughAlias().flatMap(trial -> switch (trial) {
            case Searched ignored -> Judgement.passed("a search through the alias was answered");
            case Queried queried -> Judgement.passed(format(
                    "a query through the alias was answered; a search was not possible: %s", queried.obstacle()));
            case Refused refused -> Judgement.waiting(format("a %s through the alias failed: %s",
                    refused.call().name().toLowerCase(Locale.ROOT), refused.why()));
            case Unsearchable unsearchable -> Judgement.waiting(
                    "no search through the alias can be answered: " + unsearchable.why());
        });
    }
}
