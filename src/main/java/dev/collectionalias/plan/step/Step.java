package dev.collectionalias.plan.step;

import java.time.Duration;

import dev.collectionalias.plan.seen.Need;

/** What to do next about one object. */
public sealed interface Step {

    /** Remember something, and go on with what was seen. */
    record Keep(Situation situation) implements Step {}

    /** A step that touches the world. The pass writes its decisions so far before it. */
    sealed interface Outward extends Step {

        /** The pass writes this, and tells its news, before the step. */
        Situation situation();
    }

    /** Find out more before the next decision. */
    record Ask(Situation situation, Need<?> need) implements Outward {}

    /** Look again: what the operator saw is not true any more. */
    record Look(Situation situation) implements Outward {}

    /** Change Milvus. The situation has the intent, so that a crash in between loses nothing. */
    record Call(Situation situation, Effect effect) implements Outward {}

    /** Wait for an event, or until the time is over. */
    record Rest(Situation situation, Conclusion conclusion, Duration delay) implements Outward {

        /** This rest, but not for longer than that. */
        public Rest noLongerThan(Duration other) {
            return other.compareTo(delay) < 0 ? new Rest(situation, conclusion, other) : this;
        }
    }

    /** Let the object go. */
    record LetGo(Situation situation) implements Outward {}
}
