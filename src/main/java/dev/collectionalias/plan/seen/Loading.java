package dev.collectionalias.plan.seen;

/**
 * How far a collection is on its way into memory.
 *
 * @param percent  how much of it is loaded, as the server says; 100 from {@link Stage#LOADED} on
 * @param obstacle why it can't be searched though it is loaded, or can't be loaded; empty if nothing is known
 */
public record Loading(Stage stage, int percent, String obstacle) {

    /** In the order in which a collection goes through them. */
    public enum Stage {
        NOT_LOADED, LOADING,
        /** The server says so; some say it a moment before searches are answered. */
        LOADED,
        /** A query was answered. */
        SEARCHABLE
    }

    public static final Loading NOT_LOADED = new Loading(Stage.NOT_LOADED, 0, "");
    public static final Loading LOADED = new Loading(Stage.LOADED, 100, "");
    public static final Loading SEARCHABLE = new Loading(Stage.SEARCHABLE, 100, "");

    public boolean isLoaded() {
        return stage == Stage.LOADED || stage == Stage.SEARCHABLE;
    }

    public boolean isSearchable() {
        return stage == Stage.SEARCHABLE;
    }
}
