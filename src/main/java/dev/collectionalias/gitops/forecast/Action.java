package dev.collectionalias.gitops.forecast;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** What happens to an alias when somebody applies its manifest. */
enum Action {
    /** There is no such alias yet. */
    CREATE,
    /** It points at another collection. */
    SWITCH,
    /** It points where the manifest wants it. The operator takes it over without a write. */
    ADOPT,
    /** It points where the manifest wants it, or the operator does not touch it. */
    NONE,
    /** Nobody can apply the manifest as it is. */
    CONFLICT;

    @JsonValue
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
