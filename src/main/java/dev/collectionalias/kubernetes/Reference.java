package dev.collectionalias.kubernetes;

import dev.collectionalias.api.v1alpha1.CaKind;
import dev.collectionalias.plan.ObjectName;

/** Names an object that a connection reads something from, as users write it: {@code Secret shop/milvus-root}. */
public record Reference(CaKind kind, ObjectName name) {

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
