package dev.collectionalias.plan.seen;

/**
 * The sight of one look at an object's surroundings.
 *
 * @param answers the answers to rules' questions since that look
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
