package dev.collectionalias.plan.seen;

/** A call that some servers need before all of their proxies send searches to the new collection of an alias. */
public enum SwitchRemedy {
    /** The operator sends the switch twice, and once more to confirm it: before 2.6.6, see {@code Confirmation}. */
    SEND_AGAIN,
    /** The operator changes a property of the collection to confirm the switch: 2.6.6 to 2.6.22, see {@code Confirmation}. */
    EXPIRE_CACHES
}
