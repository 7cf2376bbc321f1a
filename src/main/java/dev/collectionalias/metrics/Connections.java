package dev.collectionalias.metrics;

import dev.collectionalias.plan.ConnectionName;

/** Connections of both kinds in one label: only the name of the kind that has a namespace has a slash. */
final class Connections {

    private Connections() {}

    static String label(ConnectionName connection) {
        return connection.namespace().isEmpty()
                ? connection.name()
                : connection.namespace() + "/" + connection.name();
    }
}
