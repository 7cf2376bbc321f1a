package dev.collectionalias.plan.cutover;

import static java.lang.String.format;

import java.util.Optional;

import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.api.v1alpha1.ReplicasPolicy;
import dev.collectionalias.plan.seen.CollectionFacts;
import dev.collectionalias.plan.seen.GateFacts;
import dev.collectionalias.plan.seen.Loading;
import dev.collectionalias.plan.seen.Replicas;

/** The candidate is in memory as many times as the active collection: fewer replicas serve fewer searches. */
final class ReplicasGate implements Gate {

    static final String NAME = "replicas";

    private final boolean needsAnswer;

    /**
     * @param needsAnswer whether the gate waits for a server that does not tell. After a switch, no answer says nothing
     *                    against the collection that serves.
     */
    ReplicasGate(boolean needsAnswer) {
        this.needsAnswer = needsAnswer;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Judgement> judge(Cutover.Gates spec, GateFacts facts) {
        if (spec.replicas() == ReplicasPolicy.Ignore || facts.baseline().isEmpty()) {
            return Optional.empty();
        }
        CollectionFacts active = facts.baseline().get();
        Optional<String> untold = untold(active).or(() -> untold(facts.candidate()));
        return untold.isEmpty()
                ? compare(spec, facts, number(active), number(facts.candidate()))
                : untold.filter(why -> needsAnswer).flatMap(Judgement::waiting);
    }

    private static Optional<String> untold(CollectionFacts collection) {
        return collection.replicas().filter(Replicas.Untold.class::isInstance).map(Replicas.Untold.class::cast)
                .map(untold -> format(
                        "the server does not tell the replicas of %s: %s; set gates.replicas: Ignore to do without",
                        collection.state().name(), untold.why()));
    }

    private static int number(CollectionFacts collection) {
        return collection.replicas().map(replicas -> replicas.groups().size()).orElse(0);
    }

    private static Optional<Judgement> compare(Cutover.Gates spec, GateFacts facts, int active, int candidate) {
        String message = format("%s, %s", text(facts.candidate(), candidate), text(facts.baseline().get(), active));
        return candidate >= active
                ? Judgement.passed(message)
                : Judgement.waiting(format("%s; %s", message, cure(spec, facts, active)));
    }

    private static String text(CollectionFacts collection, int number) {
        return format("%s has %d %s", collection.state().name(), number, number == 1 ? "replica" : "replicas");
    }

    private static String cure(Cutover.Gates spec, GateFacts facts, int needed) {
        if (LoadedGate.isToBeLoaded(spec, facts)) {
            return "autoLoad loads as many";
        }
        boolean tooLate = Boolean.TRUE.equals(spec.autoLoad())
                && facts.candidate().loading().stage() != Loading.Stage.NOT_LOADED;
        return format("load it with %d%s", needed,
                tooLate ? ", since autoLoad can't change the number of a collection that is loaded already" : "");
    }
}
