package dev.collectionalias.crash;

import dev.collectionalias.api.v1alpha1.Api;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.crash.CrashStage.EndState;
import dev.collectionalias.support.Rpc;

/** Everything that the operator does in more than one write. */
enum Operation {
    CREATE {
        @Override
        void prepare(CrashStage stage) {
            // Begins with nothing at all.
        }

        @Override
        void ask(CrashStage stage) {
            stage.objects().connection(stage.name(), "{uri: '%s'}".formatted(stage.milvus().uri()));
            stage.objects().aliasWith(stage.name(), "{alias: %1$s, collection: one, connectionRef: {name: %1$s}}"
                    .formatted(stage.name()));
        }

        @Override
        EndState end(CrashStage stage) {
            stage.objects().awaitReady(stage.name(), "one");
            return stage.endState("");
        }
    },
    SWITCH {
        @Override
        void prepare(CrashStage stage) {
            stage.alias("", "one");
        }

        @Override
        void ask(CrashStage stage) {
            stage.objects().point(stage.name(), "two");
        }

        @Override
        EndState end(CrashStage stage) {
            stage.objects().awaitReady(stage.name(), "two");
            return stage.endState("");
        }
    },
    DROP {
        @Override
        void prepare(CrashStage stage) {
            stage.alias("", "one");
            stage.alias("-2", "two");
            stage.makeByHand("_preview", "one");
        }

        @Override
        void ask(CrashStage stage) {
            stage.objects().delete(stage.name());
        }

        @Override
        EndState end(CrashStage stage) {
            stage.objects().awaitGone(stage.name());
            stage.objects().awaitReady(stage.name() + "-2", "two");
            return stage.endState("", "_2", "_preview");
        }
    },
    HAND_OVER {
        @Override
        void prepare(CrashStage stage) {
            stage.alias("", "one");
            stage.objects().aliasWith(successor(stage), "{alias: %s, collection: two}".formatted(stage.name()));
            stage.objects().awaitReason(successor(stage), Reason.Conflict);
        }

        @Override
        void ask(CrashStage stage) {
            stage.objects().delete(stage.name());
        }

        @Override
        EndState end(CrashStage stage) {
            stage.objects().awaitGone(stage.name());
            stage.objects().awaitReady(successor(stage), "two");
            return stage.endState("", "-successor");
        }

        private String successor(CrashStage stage) {
            return stage.name() + "-successor";
        }
    },
    ADOPT_AND_SWITCH {
        @Override
        void prepare(CrashStage stage) {
            stage.makeByHand("", "one");
        }

        @Override
        void ask(CrashStage stage) {
            stage.objects().aliasWith(stage.name(),
                    "{alias: %s, collection: two, adoptionPolicy: Adopt}".formatted(stage.name()));
        }

        @Override
        EndState end(CrashStage stage) {
            stage.objects().awaitReady(stage.name(), "two");
            return stage.endState("");
        }
    },
    CUT_OVER_WITH_GATES_AND_VERIFICATION {
        @Override
        void prepare(CrashStage stage) {
            stage.alias("", "one");
        }

        @Override
        void ask(CrashStage stage) {
            stage.objects().patchSpec(stage.name(), """
                    {collection: two, cutover: {gates: {loaded: Always, schema: Identical,
                      rows: {min: 5, percentOfActive: 50}, search: {samples: 3, limit: 3}}, verify: {for: 1s}}}""");
        }

        @Override
        EndState end(CrashStage stage) {
            stage.objects().awaitReady(stage.name(), "two");
            stage.awaitConfirmed();
            return stage.endState("");
        }
    },
    ROLL_BACK_ON_REQUEST {
        @Override
        void prepare(CrashStage stage) {
            stage.alias("", "one");
            stage.objects().point(stage.name(), "two");
            stage.objects().awaitReady(stage.name(), "two");
            stage.awaitConfirmed();
        }

        @Override
        void ask(CrashStage stage) {
            long generation = stage.objects().get(stage.name()).getMetadata().getGeneration();
            stage.objects().annotate(stage.name(), Api.ROLLBACK, "previous@" + generation);
        }

        @Override
        EndState end(CrashStage stage) {
            stage.objects().awaitReason(stage.name(), Reason.RolledBack);
            return stage.endState("");
        }
    },
    ROLL_BACK_AFTER_A_FAILED_VERIFICATION {
        @Override
        void prepare(CrashStage stage) {
            stage.alias("", "one");
        }

        // All gates pass, but no search through the alias is answered then.
        @Override
        void disturb(CrashStage stage) {
            stage.milvus().faults()
                    .when(call -> call.rpc() == Rpc.SEARCH && call.collection().equals(stage.name()))
                    .fail(UNEXPECTED_ERROR, "the proxy does not know the alias' collection");
        }

        @Override
        void ask(CrashStage stage) {
            stage.objects().patchSpec(stage.name(), "{collection: two, cutover: {verify: {for: 10s}}}");
        }

        @Override
        EndState end(CrashStage stage) {
            stage.objects().awaitReason(stage.name(), Reason.RolledBack);
            return stage.endState("");
        }
    },
    RETIRE {
        @Override
        void prepare(CrashStage stage) {
            stage.collection("_one");
            stage.collection("_two");
            stage.objects().aliasWith(stage.name(),
                    "{alias: %1$s, collection: %1$s_one, cutover: {retirement: {releaseAfter: 1s}}}"
                            .formatted(stage.name()));
            stage.objects().awaitReady(stage.name(), stage.name() + "_one");
        }

        @Override
        void ask(CrashStage stage) {
            stage.objects().point(stage.name(), stage.name() + "_two");
        }

        @Override
        EndState end(CrashStage stage) {
            stage.objects().awaitReady(stage.name(), stage.name() + "_two");
            stage.awaitReleased("_one");
            stage.awaitConfirmed();
            return stage.endState("");
        }
    },
    PREVIEW {
        @Override
        void prepare(CrashStage stage) {
            stage.alias("", "one");
        }

        @Override
        void ask(CrashStage stage) {
            stage.objects().patchSpec(stage.name(),
                    "{cutover: {previewAlias: %s_view}}".formatted(stage.name()));
        }

        @Override
        EndState end(CrashStage stage) {
            stage.awaitPreviewAt("one");
            stage.objects().awaitReady(stage.name(), "one");
            return stage.endState("", "_view");
        }
    },
    DROP_WITH_A_PREVIEW {
        @Override
        void prepare(CrashStage stage) {
            PREVIEW.prepare(stage);
            PREVIEW.ask(stage);
            PREVIEW.end(stage);
            stage.makeByHand("_view_2", "two");
        }

        @Override
        void ask(CrashStage stage) {
            stage.objects().delete(stage.name());
        }

        @Override
        EndState end(CrashStage stage) {
            stage.objects().awaitGone(stage.name());
            return stage.endState("", "_view", "_view_2");
        }
    };

    private static final int UNEXPECTED_ERROR = 65535;

    abstract void prepare(CrashStage stage);

    /** What goes wrong with Milvus meanwhile. */
    void disturb(CrashStage stage) {
        // Nothing, but for the crash.
    }

    /** What the user does. */
    abstract void ask(CrashStage stage);

    /** Returns when it is over. */
    abstract EndState end(CrashStage stage);
}
