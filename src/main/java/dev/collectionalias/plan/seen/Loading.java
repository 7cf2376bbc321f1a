package dev.collectionalias.plan.seen;

/**
 * How far a collection is on its way into memory.
 *
 * @param percent  how much of it is loaded, as the server says; 100 from {@link Stage#LOADED} on
 * @param obstacle why a loaded collection can't be searched, or another can't be loaded; an empty text if nobody knows
 */
public record Loading(Stage stage, int percent, String obstacle) {

    /** In the order in which a collection goes through them. */
    public enum Stage {
        NOT_LOADED, LOADING,
        /** The server says so. Some servers say it a moment before they answer searches. */
        LOADED,
        /** The server has answered a query. */
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
