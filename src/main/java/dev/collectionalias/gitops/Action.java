package dev.collectionalias.gitops;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** What becomes of an alias when its manifest is applied. */
enum Action {
    /** There is none yet. */
    CREATE,
    /** It points at another collection. */
    SWITCH,
    /** It points where the manifest wants it, and is taken over without a write. */
    ADOPT,
    /** It points where the manifest wants it, or is not to be touched. */
    NONE,
    /** The manifest can't be applied as it is. */
    CONFLICT;

    @JsonValue
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
