package dev.collectionalias.crash;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.crash.Stage.EndState;

/** Everything that the operator does in more than one write. */
enum Operation {
    CREATE {
        @Override
        void prepare(Stage stage) {
            // Begins with nothing at all.
        }

        @Override
        void ask(Stage stage) {
            stage.objects().connection(stage.name(), "{uri: '%s'}".formatted(stage.milvus().uri()));
            stage.objects().aliasWith(stage.name(), "{alias: %1$s, collection: one, connectionRef: {name: %1$s}}"
                    .formatted(stage.name()));
        }

        @Override
        EndState end(Stage stage) {
            stage.objects().awaitReady(stage.name(), "one");
            return stage.endState("");
        }
    },
    SWITCH {
        @Override
        void prepare(Stage stage) {
            stage.alias("", "one");
        }

        @Override
        void ask(Stage stage) {
            stage.objects().point(stage.name(), "two");
        }

        @Override
        EndState end(Stage stage) {
            stage.objects().awaitReady(stage.name(), "two");
            return stage.endState("");
        }
    },
    DROP {
        @Override
        void prepare(Stage stage) {
            stage.alias("", "one");
            stage.alias("-2", "two");
            stage.makeByHand("_preview", "one");
        }

        @Override
        void ask(Stage stage) {
            stage.objects().delete(stage.name());
        }

        @Override
        EndState end(Stage stage) {
            stage.objects().awaitGone(stage.name());
            stage.objects().awaitReady(stage.name() + "-2", "two");
            return stage.endState("", "_2", "_preview");
        }
    },
    HAND_OVER {
        @Override
        void prepare(Stage stage) {
            stage.alias("", "one");
            stage.objects().aliasWith(successor(stage), "{alias: %s, collection: two}".formatted(stage.name()));
            stage.objects().awaitReason(successor(stage), Reason.Conflict);
        }

        @Override
        void ask(Stage stage) {
            stage.objects().delete(stage.name());
        }

        @Override
        EndState end(Stage stage) {
            stage.objects().awaitGone(stage.name());
            stage.objects().awaitReady(successor(stage), "two");
            return stage.endState("", "-successor");
        }

        private String successor(Stage stage) {
            return stage.name() + "-successor";
        }
    },
    ADOPT_AND_SWITCH {
        @Override
        void prepare(Stage stage) {
            stage.makeByHand("", "one");
        }

        @Override
        void ask(Stage stage) {
            stage.objects().aliasWith(stage.name(),
                    "{alias: %s, collection: two, adoptionPolicy: Adopt}".formatted(stage.name()));
        }

        @Override
        EndState end(Stage stage) {
            stage.objects().awaitReady(stage.name(), "two");
            return stage.endState("");
        }
    };

    abstract void prepare(Stage stage);

    /** What the user does. */
    abstract void ask(Stage stage);

    /** Returns when it is over. */
    abstract EndState end(Stage stage);
}
