package dev.collectionalias.cli;

import java.time.Clock;
import java.util.concurrent.Callable;

import io.fabric8.kubernetes.client.KubernetesClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the changes of an alias. */
@Command(name = "history", mixinStandardHelpOptions = true, description = "Shows the changes of the alias, newest first.")
final class HistoryCommand implements Callable<Integer> {

    @Mixin
    private KubernetesTarget target;

    @Parameters(paramLabel = "NAME", description = "The CollectionAlias.")
    private String name;

    @Spec
    private CommandSpec spec;

    private final Clock clock;

    HistoryCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        try (KubernetesClient client = target.connect()) {
            Look seen = new Look(KubernetesTarget.find(client, name));
            if (seen.status().history().isEmpty()) {
                throw new Failure(name + " has no history yet; " + seen.summary());
            }
            HistoryTable.lines(seen, clock.instant()).forEach(spec.commandLine().getOut()::println);
            return 0;
        }
    }
}
