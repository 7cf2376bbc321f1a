package dev.collectionalias.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import io.fabric8.kubernetes.client.KubernetesClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows where an alias points and what it waits for. */
@Command(name = "status", mixinStandardHelpOptions = true, description = "Shows where the alias points, its candidate with its gates, and its history.")
final class StatusCommand implements Callable<Integer> {

    private static final String HOME = "\u001b[H";
    private static final String REST_OF_THE_LINE = "\u001b[K";
    private static final String REST_OF_THE_SCREEN = "\u001b[J";
    private static final String WHOLE_SCREEN = "\u001b[2J";
    /** Ages have to be redrawn even if nothing else changes. */
    private static final Duration BETWEEN_REDRAWS = Duration.ofSeconds(1);
    private static final Duration NO_HURRY = Duration.ofHours(1);

    @Mixin
    private KubernetesTarget target;

    @Parameters(paramLabel = "NAME", description = "The CollectionAlias.")
    private String name;

    @Option(names = {"-w", "--watch"}, description = "Show each change, until you interrupt it.")
    private boolean watch;

    @Spec
    private CommandSpec spec;

    private final Clock clock;
    private final Terminal terminal;

    StatusCommand(Clock clock, Terminal terminal) {
        this.clock = clock;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (KubernetesClient client = target.connect()) {
            CollectionAlias alias = KubernetesTarget.find(client, name);
            if (watch) {
                follow(client);
            } else {
                tree(alias).forEach(out()::println);
            }
            return 0;
        }
    }

    private void follow(KubernetesClient client) throws InterruptedException {
        if (terminal.redraws()) {
            out().print(WHOLE_SCREEN);
        }
        CollectionAlias alias = null;
        try (AliasWatch changes = AliasWatch.of(KubernetesTarget.resource(client, name))) {
            while (true) {
                switch (changes.next(terminal.redraws() ? BETWEEN_REDRAWS : NO_HURRY)) {
                    case AliasWatch.News.Changed changed -> {
                        boolean first = alias == null;
                        alias = changed.alias();
                        draw(tree(alias), first);
                    }
                    case AliasWatch.News.Nothing ignored -> {
                        if (alias != null && terminal.redraws()) {
                            draw(tree(alias), false);
                        }
                    }
                    case AliasWatch.News.Deleted ignored -> throw new Failure(name + " was deleted");
                }
            }
        }
    }

    private void draw(List<String> lines, boolean first) {
        if (terminal.redraws()) {
            out().print(HOME);
            lines.forEach(line -> out().println(line + REST_OF_THE_LINE));
            out().print(REST_OF_THE_SCREEN);
        } else {
            if (!first) {
                out().println();
            }
            lines.forEach(out()::println);
        }
        out().flush();
    }

    private List<String> tree(CollectionAlias alias) {
        return StatusTree.lines(new Look(alias), clock.instant(), new Paint(terminal.colours()));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
