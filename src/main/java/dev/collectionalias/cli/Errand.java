package dev.collectionalias.cli;

import static java.lang.String.format;

import java.util.Optional;

import dev.collectionalias.plan.OneLine;
import dev.collectionalias.plan.Request;

/** A wish and the request that carries it to the operator. */
record Errand(Wish wish, Request request) {

    /** The operator handles no value twice, so each request gets a value of its own. */
    static Errand of(Wish wish, Look seen) {
        String value = wish.subject().map(subject -> subject + "@").orElse("") + seen.generation();
        boolean used = seen.handled(wish.kind()).filter(value::equals).isPresent();
        return new Errand(wish, new Request(wish.kind(),
                used ? value + "#" + seen.alias().getMetadata().getResourceVersion() : value));
    }

    RequestProgress look(Look now) {
        if (now.handled(request.kind()).filter(request.value()::equals).isPresent()) {
            return wish.result(now);
        }
        Optional<String> asked = now.asked(request.kind());
        if (asked.filter(request.value()::equals).isPresent()) {
            return new RequestProgress.Waiting(now.summary());
        }
        return new RequestProgress.Withdrawn(
                asked.map(other -> format("somebody asked for %s instead", OneLine.of(other)))
                        .orElse("somebody took the request away") + " before it was handled");
    }
}
