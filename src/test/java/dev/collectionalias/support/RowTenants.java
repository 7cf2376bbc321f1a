package dev.collectionalias.support;

import java.util.List;

import io.milvus.v2.common.DataType;

/** Whose a test's rows are: there are three tenants, in turns. */
final class RowTenants {

    private static final List<String> NAMES = List.of("a", "it's \"b\"", "c\\d\ne");

    static final int COUNT = NAMES.size();

    private RowTenants() {}

    static Object of(DataType type, long row) {
        int tenant = (int) (row % COUNT);
        return switch (type) {
            case Int64 -> tenant - 1L;
            case VarChar -> NAMES.get(tenant);
            default -> throw new IllegalArgumentException("Milvus has no partition keys of " + type);
        };
    }
}
