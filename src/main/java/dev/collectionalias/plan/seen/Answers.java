package dev.collectionalias.plan.seen;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The answers of one look, by their questions. */
public record Answers(Map<Need<?>, Object> byNeed) {

    public static final Answers NONE = new Answers(Map.of());

    public Answers {
        byNeed = Map.copyOf(byNeed);
    }

    /** The answer; empty if no rule has asked yet. */
    @SuppressWarnings("unchecked") // with() is the only way in
    public <A> Optional<A> to(Need<A> need) {
        return Optional.ofNullable((A) byNeed.get(need));
    }

    public <A> Answers with(Need<A> need, A answer) {
        Map<Need<?>, Object> more = new HashMap<>(byNeed);
        more.put(need, answer);
        return new Answers(more);
    }
}
