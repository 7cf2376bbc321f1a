package dev.collectionalias.plan.seen;

import java.util.List;

/** The copies of a collection that query nodes hold in memory. */
public sealed interface Replicas {

    /** Those of a collection that is not loaded. */
    Known NONE = new Known(List.of());

    /** The resource group of each replica, as far as the server tells. */
    List<String> groups();

    /** The server told them. */
    record Known(List<String> groups) implements Replicas {

        public Known {
            groups = groups.stream().sorted().toList();
        }
    }

    /** The server does not tell them to the operator. */
    record Untold(String why) implements Replicas {

        @Override
        public List<String> groups() {
            return List.of();
        }
    }
}
