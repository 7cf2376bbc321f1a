package dev.collectionalias.gitops;

import static java.lang.String.format;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.collectionalias.cli.Failure;
import dev.collectionalias.cli.Paint;
import dev.collectionalias.cli.Terminal;
import dev.collectionalias.milvus.ConnectionSettings;
import dev.collectionalias.schema.Schemas;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells what applying manifests would do to a Milvus. */
@Command(name = "plan", mixinStandardHelpOptions = true, exitCodeOnInvalidInput = GitCommands.FAILED, description = "Shows what applying manifests would do to a Milvus, without a cluster. Ends with 0 if nothing, with 2 if something, and with 1 if they can't be applied or it can't be told.")
final class PlanCommand implements Callable<Integer> {

    private static final int CHANGES = 2;

    @Mixin
    private ManifestFiles files;

    @Mixin
    private MilvusTarget target;

    @Option(names = "--connection", paramLabel = "NAME", description = "Only manifests that name this connection, for those of several servers. Default: all.")
    private String connection;

    @Option(names = "--foreign", description = "An alias that exists is not held by its manifest's object yet, as before the manifests are applied for the first time: one that points elsewhere is a conflict unless adoptionPolicy is Adopt. Default: it is, and is switched.")
    private boolean foreign;

    @Option(names = {"-o",
            "--output"}, paramLabel = "text|json|yaml", defaultValue = "text", description = "How the plan is written. Default: text.")
    private OutputFormat output;

    @Spec
    private CommandSpec spec;

    private final Clock clock;
    private final Terminal terminal;
    private final Map<String, String> environment;

    PlanCommand(Clock clock, Terminal terminal, Map<String, String> environment) {
        this.clock = clock;
        this.terminal = terminal;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Manifests manifests = files.read(Schemas.ofThisVersion(), environment);
        requireValid(manifests);
        List<Manifest> aliases = manifests.all().stream().filter(Manifest::isAlias)
                .filter(this::isMeant).toList();
        if (aliases.isEmpty()) { // a folder's name that is wrong must not look like success
            throw new Failure("there is no CollectionAlias in the manifests");
        }
        int skipped = manifests.others() + manifests.all().size() - aliases.size();
        Plan plan = plan(aliases, skipped, target.settings(environment));
        if (output == OutputFormat.text) {
            PlanText.lines(plan, new Paint(terminal.colours())).forEach(out()::println);
        } else {
            output.write(new ObjectMapper().valueToTree(plan), out());
        }
        return plan.hasConflicts() ? GitCommands.FAILED : plan.hasChanges() ? CHANGES : ExitCode.OK;
    }

    private void requireValid(Manifests manifests) {
        List<Complaint> complaints = Lint.objects(manifests);
        if (!complaints.isEmpty()) {
            complaints.forEach(err()::println);
            throw new Failure(format("%s in the manifests", Count.of(complaints.size(), "problem")));
        }
        if (!manifests.unrendered().isEmpty()) { // without them, another collection may be told than the one that is applied
            manifests.unrendered().forEach(err()::println);
            throw new Failure("what is applied can't be told before another tool has rendered it");
        }
        manifests.strange().forEach(file -> err().println("left out: " + file));
    }

    private boolean isMeant(Manifest manifest) {
        return connection == null || manifest.stored().at("/spec/connectionRef/name").asText().equals(connection);
    }

    private Plan plan(List<Manifest> aliases, int skipped, ConnectionSettings settings) {
        try (Server server = new Server(settings, clock); Progress progress = new Progress(err(), terminal)) {
            server.connect(aliases.stream().map(alias -> ManifestSubject.of(alias, foreign, clock.instant())));
            return Plan.of(aliases, skipped, server, foreign,
                    done -> progress.tell(format("%d of %d aliases are looked at", done, aliases.size())));
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
