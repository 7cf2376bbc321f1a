package dev.collectionalias.support;

/** The calls that {@link InProcessMilvus} answers, each with the privilege that Milvus asks for it. */
public enum Rpc {
    CONNECT(""), GET_VERSION(""),
    CREATE_ALIAS("CreateAlias"),
    /** Milvus has no privilege of its own for this one. */
    ALTER_ALIAS("CreateAlias"), DROP_ALIAS("DropAlias"), DESCRIBE_ALIAS("DescribeAlias"), LIST_ALIASES("ListAliases"),
    CREATE_COLLECTION("CreateCollection"), DROP_COLLECTION("DropCollection"), RENAME_COLLECTION("RenameCollection"),
    /** Milvus has none of its own for this one either: {@code AlterCollectionRequest} in milvus-proto's milvus.proto. */
    ALTER_COLLECTION("CreateCollection"),
    DESCRIBE_COLLECTION("DescribeCollection"), HAS_COLLECTION("DescribeCollection"),
    SHOW_COLLECTIONS("ShowCollections"), LOAD_COLLECTION("Load"), RELEASE_COLLECTION("Release"),
    GET_LOAD_STATE("GetLoadState"), GET_LOADING_PROGRESS("GetLoadState"),
    /** {@code GetReplicasRequest} in milvus-proto's milvus.proto names none. */
    GET_REPLICAS(""),
    GET_COLLECTION_STATISTICS("GetStatistics"), DESCRIBE_INDEX("IndexDetail"), QUERY("Query"), SEARCH("Search"),
    INSERT("Insert"),
    CREATE_DATABASE("CreateDatabase"), DROP_DATABASE("DropDatabase"),
    LIST_DATABASES("ListDatabases");

    private final String privilege;

    Rpc(String privilege) {
        this.privilege = privilege;
    }

    /** As it is granted; empty where everybody may call. */
    public String privilege() {
        return privilege;
    }

    /** Whether it changes which collection an alias points at. */
    public boolean writesAlias() {
        return this == CREATE_ALIAS || this == ALTER_ALIAS || this == DROP_ALIAS;
    }

    /**
     * Whether it is sent through the log that is replicated, and so refused where there is only a replica; for load and
     * release that is internal/querycoordv2/ddl_callbacks_alter_load_info_load_collection.go and its neighbour.
     */
    boolean isBroadcast() {
        return switch (this) {
            case CREATE_ALIAS, ALTER_ALIAS, DROP_ALIAS, CREATE_COLLECTION, ALTER_COLLECTION, DROP_COLLECTION,
                    RENAME_COLLECTION, LOAD_COLLECTION, RELEASE_COLLECTION, CREATE_DATABASE, DROP_DATABASE ->
                true;
            default -> false;
        };
    }

    /** Whether it changes anything that an operator may change. */
    public boolean writes() {
        return writesAlias() || this == ALTER_COLLECTION || this == LOAD_COLLECTION || this == RELEASE_COLLECTION;
    }
}
