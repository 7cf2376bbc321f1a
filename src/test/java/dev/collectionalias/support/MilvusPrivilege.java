package dev.collectionalias.support;

/**
 * The privileges of the operator's Milvus user, by the names that Milvus has for them, and what each is for.
 * {@code docs/milvus-privileges.md} is made of these, and tests take them away one by one.
 */
public enum MilvusPrivilege {
    CreateAlias("Global", Need.ALWAYS,
            "Creates an alias or a preview alias, also anew if somebody dropped it. Servers after 2.3.5 ask for it to "
                    + "switch an alias, too: there is no privilege for `AlterAlias`."),
    DropAlias("Global", Need.ALWAYS, "Drops the alias of a deleted object, and a preview alias."),
    DescribeAlias("Global", Need.ALWAYS,
            "Sees where an alias points, before and after each change. On servers before 2.5.0 also, before a drop, where "
                    + "each alias points whose name begins with the dropped one's."),
    ListAliases("Global", Need.ALWAYS,
            "Sees that an alias is still in place, and whether some alias needs a collection before its release. On "
                    + "servers before 2.5.0 also which other aliases a drop would destroy."),
    DescribeCollection("Global", Need.ALWAYS,
            "Sees whether a collection exists and is still the same one. Sees its fields, for the gates `schema` and "
                    + "`search`."),
    CreateCollection("Global",
            "on Milvus 2.6.6 to 2.6.22 and where the version is not clear, unless `cutover.confirmation` is `Never`",
            "Sets a [property](cutover.md#the-property-on-your-collection) of the collection after a switch, and takes it off "
                    + "again. Milvus 2.6 has no privilege of its own for `AlterCollection` (milvus-proto 2.6.13). The "
                    + "operator creates no collection."),
    GetLoadState("Collection", Need.ALWAYS,
            "Sees whether a collection is loaded, and how far it is. Servers before 2.4.10 ask for `Load` instead."),
    Query("Collection", Need.BY_DEFAULT,
            "Asks whether a loaded collection answers, for the gate `loaded` and for `verify`. Counts its rows, for the "
                    + "gate `rows` and for `retirement`. Reads vectors, for the gate `search`. Reads a few "
                    + "rows, to [prove](cutover.md#the-proof) a switch."),
    IndexDetail("Collection", Need.BY_DEFAULT, "Sees which metric a vector has, for the gate `schema`."),
    GetStatistics("Collection", "with `gates.rows`", "Counts the rows of a collection that is not loaded."),
    Search("Collection", "with `gates.search` or `verify`",
            "Searches in the collection before and in the candidate, for the gate `search`. Searches through the alias, for "
                    + "`verify`, which tries a query instead if the privilege is missing."),
    Load("Collection", "with `gates.autoLoad`; always on servers before 2.4.10",
            "Loads a candidate. Before 2.4.10 (milvus-proto#314) a server also asks for it to say whether a collection is "
                    + "loaded."),
    Release("Collection", "with `retirement`", "Releases the collection before from memory.");

    /** All of them; names can't be foreseen, since an alias is a name, too, that is asked about. */
    public static final String OBJECT_NAME = "*";

    /** When some feature needs a privilege, for those that no single setting stands for. */
    private static final class Need {
        static final String ALWAYS = "always";
        static final String BY_DEFAULT = "by default, for gates";
    }

    private final String objectType;
    private final String needed;
    private final String purpose;

    MilvusPrivilege(String objectType, String needed, String purpose) {
        this.objectType = objectType;
        this.needed = needed;
        this.purpose = purpose;
    }

    public String objectType() {
        return objectType;
    }

    public boolean isNeededByDefault() {
        return needed.equals(Need.ALWAYS) || needed.equals(Need.BY_DEFAULT);
    }

    /** As it is documented. */
    public String row() {
        return "| `%s` | %s | `%s` | %s | %s |".formatted(name(), objectType, OBJECT_NAME, needed, purpose);
    }
}
