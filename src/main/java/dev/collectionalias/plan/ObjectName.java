package dev.collectionalias.plan;

import java.util.Comparator;

/** A namespaced object's name. */
public record ObjectName(String namespace, String name) implements Comparable<ObjectName> {

    @Override
    public int compareTo(ObjectName other) {
        return Comparator.comparing(ObjectName::namespace).thenComparing(ObjectName::name).compare(this, other);
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
