package dev.collectionalias.plan.seen;

/**
 * A collection as it is in Milvus.
 *
 * @param id     outlives a rename; {@code "0"} where the server has none
 * @param loaded whether the server answers searches on it
 */
public record CollectionState(String name, String id, boolean loaded) {

    public static final String NO_ID = "0";

    /** Whether this is the remembered collection: by id where there is one, else by name. */
    public boolean is(String rememberedName, String rememberedId) {
        boolean idsKnown = rememberedId != null && !rememberedId.equals(NO_ID) && !id.equals(NO_ID);
        return idsKnown ? id.equals(rememberedId) : name.equals(rememberedName);
    }
}
