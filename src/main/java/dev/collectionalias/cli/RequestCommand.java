package dev.collectionalias.cli;

import static java.lang.String.format;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import dev.collectionalias.api.v1alpha1.KubernetesDuration;
import dev.collectionalias.plan.Request;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The common part of the commands that ask the operator for something. Such a command sets one annotation, bound to the spec
 * that it has read. Then it waits until the operator has done what the annotation asks for. An interrupt ends the waiting, not
 * the request.
 */
abstract class RequestCommand implements Callable<Integer> {

    /** The writer of the annotation, in the object's {@code managedFields}. */
    private static final String FIELD_MANAGER = "kubectl-calias";

    @Mixin
    private KubernetesTarget target;

    @Parameters(paramLabel = "NAME", description = "The CollectionAlias.")
    private String name;

    @Option(names = "--timeout", paramLabel = "DURATION", defaultValue = "5m", description = "How long to wait, such as 30s or 5m. Default: 5m. The request stays in place after that.")
    private KubernetesDuration timeout;

    @Option(names = "--wait", paramLabel = "true|false", arity = "0..1", defaultValue = "true", fallbackValue = "true", description = "Wait until the operator has done it. Default: true.")
    private boolean waits;

    @Spec
    private CommandSpec spec;

    private final Terminal terminal;

    RequestCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * The wish that this command carries to the operator.
     *
     * @throws Failure if the operator would refuse it
     */
    abstract Wish wish(Look seen);

    @Override
    public Integer call() throws InterruptedException {
        try (KubernetesClient client = target.connect()) {
            Look seen = new Look(KubernetesTarget.find(client, name));
            Errand errand = Errand.of(wish(seen), seen);
            Refusals refusals = Refusals.since(seen.alias(), client);
            annotate(client, errand.request());
            String asked = format("%s is asked for", errand.request());
            if (waits) {
                await(client, seen, errand, refusals, asked);
            } else {
                out().println(asked);
            }
            return 0;
        }
    }

    private void annotate(KubernetesClient client, Request request) {
        String patch = Serialization.asJson(Map.of("metadata",
                Map.of("annotations", Map.of(request.kind().annotation(), request.value()))));
        KubernetesTarget.resource(client, name).patch(new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE)
                .withFieldManager(FIELD_MANAGER).build(), patch);
    }

    private void await(KubernetesClient client, Look before, Errand errand, Refusals refusals, String asked)
            throws InterruptedException {
        ProgressLine line = new ProgressLine(out(), terminal);
        line.show(asked);
        try (AliasWatch watch = AliasWatch.of(KubernetesTarget.resource(client, name))) {
            RequestProgress end = follow(watch, before, errand, line);
            line.end();
            switch (end) {
                case RequestProgress.Happened happened -> out().println(happened.sentence());
                case RequestProgress.Ignored ignored -> throw new Failure(
                        refusals.of(errand.request()).orElse(errand.request() + " is ignored; " + ignored.sentence()));
                case RequestProgress.Withdrawn withdrawn -> throw new Failure(withdrawn.sentence());
                case RequestProgress.Waiting waiting -> throw new Failure(
                        format("not within %s; %s is still asked for; %s", timeout, errand.request(),
                                waiting.sentence()));
            }
        }
    }

    /** Returns the last state. It is {@code Waiting} if the time is over. */
    private RequestProgress follow(AliasWatch watch, Look before, Errand errand, ProgressLine line)
            throws InterruptedException {
        Request.Kind kind = errand.request().kind();
        long begun = System.nanoTime();
        boolean arrived = false;
        RequestProgress progress = new RequestProgress.Waiting("nothing is heard of " + name);
        while (true) {
            Duration left = timeout.value().minusNanos(System.nanoTime() - begun);
            AliasWatch.News news = watch.next(left.isNegative() ? Duration.ZERO : left);
            if (news instanceof AliasWatch.News.Nothing) {
                return progress;
            }
            if (news instanceof AliasWatch.News.Deleted) {
                return new RequestProgress.Withdrawn(name + " was deleted");
            }
            Look now = new Look(((AliasWatch.News.Changed) news).alias());
            // The first look may be older than the command's own write. The request has arrived once the annotation holds it,
            // or holds anything else than before.
            arrived |= now.asked(kind).equals(Optional.of(errand.request().value()))
                    || !now.asked(kind).equals(before.asked(kind));
            if (arrived) {
                progress = errand.look(now);
                if (!(progress instanceof RequestProgress.Waiting)) {
                    return progress;
                }
                line.show(progress.sentence());
            }
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
