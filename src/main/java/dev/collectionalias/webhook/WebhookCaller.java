package dev.collectionalias.webhook;

import java.time.Duration;

import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.seen.WebhookAnswer;

/** Asks a user's service whether a cutover may go on. */
public interface WebhookCaller {

    /** The moment of a cutover at which the operator asks a webhook. */
    enum Phase {
        /** Before the switch. */
        Checking,
        /** After the switch. */
        Verifying
    }

    /**
     * The question to a webhook.
     *
     * @param url      as the spec has it; it may be invalid
     * @param object   the object of the cutover; its namespace decides which hosts the operator may ask
     * @param from     the collection that serves now, or served before; null for a new alias
     * @param to       the candidate
     * @param revision that the switch will make, or has made
     */
    record Question(String url, Duration timeout, ObjectName object, Phase phase, String from, String to,
            int revision) {}

    /** Waits for the answer, at most for the question's timeout. Throws nothing. */
    WebhookAnswer ask(Question question);
}
