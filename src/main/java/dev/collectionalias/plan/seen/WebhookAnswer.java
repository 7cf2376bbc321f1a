package dev.collectionalias.plan.seen;

import dev.collectionalias.plan.OneLine;

/** The answer of a webhook. */
public sealed interface WebhookAnswer {

    /** It answered with this HTTP status. */
    record Answered(int status) implements WebhookAnswer {}

    /** No answer came, or none in time. */
    record Unanswered(String why) implements WebhookAnswer {

        public Unanswered {
            why = OneLine.of(why);
        }
    }

    /** The operator must not ask it: its host is not allowed. */
    record NotAllowed(String why) implements WebhookAnswer {

        public NotAllowed {
            why = OneLine.of(why);
        }
    }
}
