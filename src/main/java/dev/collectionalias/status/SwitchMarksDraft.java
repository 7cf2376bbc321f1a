package dev.collectionalias.status;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.SwitchMark;

/** The properties that confirm switches, of a status while it is decided. */
final class SwitchMarksDraft {

    private final Instant now;
    private List<SwitchMark> marks;

    /** @param now in whole seconds */
    SwitchMarksDraft(List<SwitchMark> before, Instant now) {
        this.marks = before;
        this.now = now;
    }

    /** One is about to be set. */
    void add(SwitchMark mark) {
        marks = Stream.concat(marks.stream(), Stream.of(mark)).toList();
    }

    /** It is set, or could not be taken off: its time begins now. */
    void stamp(SwitchMark mark) {
        marks = marks.stream().map(other -> isSame(other, mark) ? stamped(other) : other).toList();
    }

    /** What was about to be set for a switch that is over may have been. */
    void stampAll() {
        marks = marks.stream().map(mark -> mark.at() == null ? stamped(mark) : mark).toList();
    }

    /** The alias is not this object's any more: what is on the same server is still to be taken off. */
    void leave(boolean sameServer) {
        if (sameServer) {
            stampAll();
        } else {
            marks = List.of();
        }
    }

    void remove(SwitchMark mark) {
        marks = marks.stream().filter(other -> !isSame(other, mark)).toList();
    }

    List<SwitchMark> toList() {
        return marks;
    }

    /** No two have one value. */
    private static boolean isSame(SwitchMark one, SwitchMark other) {
        return one.value().equals(other.value());
    }

    private SwitchMark stamped(SwitchMark mark) {
        return new SwitchMark(mark.collection(), mark.id(), mark.key(), mark.value(), now);
    }
}
