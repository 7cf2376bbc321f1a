package dev.collectionalias.plan.seen;

/** What some servers need before all of their proxies send searches to the collection that an alias was switched to. */
public enum SwitchRemedy {
    /** The switch is sent twice, and once more when it is confirmed: before 2.6.6, see {@code Confirmation}. */
    SEND_AGAIN,
    /** A property of the collection is changed when the switch is confirmed: 2.6.6 to 2.6.22, see {@code Confirmation}. */
    EXPIRE_CACHES
}
