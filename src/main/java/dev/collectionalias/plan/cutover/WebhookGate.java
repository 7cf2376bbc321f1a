package dev.collectionalias.plan.cutover;

import static java.lang.String.format;

import java.util.Optional;

import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.plan.seen.GateFacts;
import dev.collectionalias.plan.seen.WebhookAnswer.Answered;
import dev.collectionalias.plan.seen.WebhookAnswer.NotAllowed;
import dev.collectionalias.plan.seen.WebhookAnswer.Unanswered;

/** A service of the user's says yes. */
final class WebhookGate implements Gate {

    static final String NAME = "webhook";

    private static final int CLASS = 100;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Judgement> judge(Cutover.Gates spec, GateFacts facts) {
        return facts.webhook().flatMap(answer -> switch (answer) {
            case Answered answered -> judge(answered.status());
            case Unanswered unanswered -> Judgement.waiting(unanswered.why());
            case NotAllowed notAllowed -> Judgement.failed(notAllowed.why());
        });
    }

    private static Optional<Judgement> judge(int status) {
        String message = format("the webhook answered %d", status);
        return switch (status / CLASS) {
            case 2 -> Judgement.passed(message);
            case 4 -> Judgement.failed(message);
            default -> Judgement.waiting(message);
        };
    }
}
