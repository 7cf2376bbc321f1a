package dev.collectionalias.plan.seen;

/**
 * What was seen in one look at an object's surroundings.
 *
 * @param answers what was asked besides, since a rule needed to know
 */
public record Seen(Sight sight, Answers answers) {

    public Seen(Sight sight) {
        this(sight, Answers.NONE);
    }

    public <A> Seen with(Need<A> need, A answer) {
        return new Seen(sight, answers.with(need, answer));
    }

    public Seen with(Sight another) {
        return new Seen(another, answers);
    }
}
