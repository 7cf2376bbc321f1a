package dev.collectionalias.plan.seen;

import dev.collectionalias.plan.OneLine;

/** What came of asking a webhook. */
public sealed interface WebhookAnswer {

    /** It answered with this HTTP status. */
    record Answered(int status) implements WebhookAnswer {}

    /** No answer came, or none in time. */
    record Unanswered(String why) implements WebhookAnswer {

        public Unanswered {
            why = OneLine.of(why);
        }
    }

    /** It must not be asked: its host is not allowed. */
    record NotAllowed(String why) implements WebhookAnswer {

        public NotAllowed {
            why = OneLine.of(why);
        }
    }
}
