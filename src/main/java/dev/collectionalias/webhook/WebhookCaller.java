package dev.collectionalias.webhook;

import java.time.Duration;

import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.seen.WebhookAnswer;

/** Asks a user's service whether a cutover may go on. */
public interface WebhookCaller {

    /** The moment of a cutover in which a webhook is asked. */
    enum Phase {
        /** Before the switch. */
        Checking,
        /** After the switch. */
        Verifying
    }

    /**
     * What is asked.
     *
     * @param url      as the spec has it, which need not be one
     * @param object   whose cutover it is; its namespace decides which hosts may be asked
     * @param from     the collection that serves, or served before; null for a new alias
     * @param to       the candidate
     * @param revision the one that the switch will make, or has made
     */
    record Question(String url, Duration timeout, ObjectName object, Phase phase, String from, String to,
            int revision) {}

    /** Waits for the answer, for as long as the question's timeout at most. Throws nothing. */
    WebhookAnswer ask(Question question);
}
