package dev.collectionalias.metrics;

import dev.collectionalias.plan.ConnectionName;

/** Names connections of both kinds in one label. Only the name of a kind with a namespace contains a slash. */
final class Connections {

    private Connections() {}

    static String label(ConnectionName connection) {
        return connection.namespace().isEmpty()
                ? connection.name()
                : connection.namespace() + "/" + connection.name();
    }
}
