package dev.collectionalias.gitops.forecast;

import static java.lang.String.format;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.collectionalias.cli.Failure;
import dev.collectionalias.cli.Failures;
import dev.collectionalias.cli.Paint;
import dev.collectionalias.cli.Terminal;
import dev.collectionalias.gitops.cluster.Cluster;
import dev.collectionalias.gitops.cluster.ClusterTarget;
import dev.collectionalias.gitops.lint.Lint;
import dev.collectionalias.gitops.manifests.Complaint;
import dev.collectionalias.gitops.manifests.Manifest;
import dev.collectionalias.gitops.manifests.ManifestFiles;
import dev.collectionalias.gitops.manifests.Manifests;
import dev.collectionalias.gitops.output.CommandProgress;
import dev.collectionalias.gitops.output.Count;
import dev.collectionalias.gitops.output.OutputFormat;
import dev.collectionalias.gitops.server.MilvusTarget;
import dev.collectionalias.milvus.ConnectionSettings;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.schema.KindSchemas;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells what would happen to a Milvus if somebody applied manifests. */
@Command(name = "plan", mixinStandardHelpOptions = true, exitCodeOnInvalidInput = Failures.FAILED, description = "Shows what applying manifests would do to a Milvus. Ends with 0 if nothing would change, with 2 if something would, and with 1 if the manifests are wrong or it can't tell.")
public final class PlanCommand implements Callable<Integer> {

    /** The exit code that tells of changes. A wrong command line ends with that of a failure instead. */
    private static final int CHANGES = 2;

    @Mixin
    private ManifestFiles files;

    @Mixin
    private MilvusTarget target;

    @Mixin
    private ClusterTarget cluster;

    @Option(names = {"-n",
            "--namespace"}, paramLabel = "NAMESPACE", description = "With --cluster: the namespace for manifests that name none. Default: the context's.")
    private String namespace;

    @Option(names = "--connection", paramLabel = "NAME", description = "Only manifests that name this connection, if yours are for several servers. Default: all.")
    private String connection;

    @Option(names = "--foreign", description = "Take it that no object holds an existing alias yet, as before the first time that you apply the manifests. An alias that points elsewhere is then a conflict, unless adoptionPolicy is Adopt. Default: its manifest's object holds it, and would switch it. With --cluster, the objects there tell.")
    private boolean foreign;

    @Option(names = {"-o",
            "--output"}, paramLabel = "text|json|yaml", defaultValue = "text", description = "The format of the plan. Default: text.")
    private OutputFormat output;

    @Spec
    private CommandSpec spec;

    private final Clock clock;
    private final Terminal terminal;
    private final Map<String, String> environment;

    public PlanCommand(Clock clock, Terminal terminal, Map<String, String> environment) {
        this.clock = clock;
        this.terminal = terminal;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Manifests manifests = files.read(KindSchemas.ofThisVersion(), environment);
        requireValid(manifests);
        List<Manifest> aliases = manifests.all().stream().filter(Manifest::isAlias)
                .filter(this::isMeant).toList();
        if (aliases.isEmpty()) { // a misspelt folder must not look like success
            throw new Failure("there is no CollectionAlias in the manifests");
        }
        int skipped = manifests.others() + manifests.all().size() - aliases.size();
        Plan plan = plan(aliases, skipped, target.settings(environment), cluster(manifests.all()));
        if (output == OutputFormat.text) {
            PlanText.lines(plan, new Paint(terminal.colours())).forEach(out()::println);
        } else {
            output.write(new ObjectMapper().valueToTree(plan), out());
        }
        return plan.hasConflicts() ? Failures.FAILED : plan.hasChanges() ? CHANGES : ExitCode.OK;
    }

    private void requireValid(Manifests manifests) {
        List<Complaint> complaints = Lint.objects(manifests);
        if (!complaints.isEmpty()) {
            complaints.forEach(err()::println);
            throw new Failure(format("%s in the manifests", Count.of(complaints.size(), "problem")));
        }
        if (!manifests.unrendered().isEmpty()) { // a patch that was left out may name another collection
            manifests.unrendered().forEach(err()::println);
            throw new Failure("what is applied can't be told before another tool has rendered it");
        }
        manifests.strange().forEach(file -> err().println("left out: " + file));
    }

    private boolean isMeant(Manifest manifest) {
        return connection == null || manifest.stored().at("/spec/connectionRef/name").asText().equals(connection);
    }

    private Optional<Cluster> cluster(List<Manifest> manifests) {
        Optional<Cluster> found = cluster.read(namespace,
                meant -> manifests.stream().filter(manifest -> manifest.schema().isNamespaced())
                        .map(Manifest::namespace).map(named -> named.isEmpty() ? meant : named)
                        .collect(Collectors.toCollection(TreeSet::new)),
                note -> err().println("note: " + note));
        if (found.isEmpty() && namespace != null) {
            throw new Failure("--namespace is about a cluster: say --cluster, too");
        }
        if (found.isPresent() && foreign) {
            throw new Failure("--foreign says what --cluster finds out: leave one of them away");
        }
        return found.map(there -> there.with(manifests));
    }

    private Plan plan(List<Manifest> aliases, int skipped, ConnectionSettings settings, Optional<Cluster> there) {
        Instant now = clock.instant();
        List<Prospect> prospects = aliases.stream().map(manifest -> there
                .map(known -> Prospect.in(known, manifest, now))
                .orElseGet(() -> Prospect.withoutCluster(manifest, foreign, now))).toList();
        KnownAliases others = new KnownAliases(there.map(known -> after(known, prospects)).orElse(List.of()));
        try (Forecaster forecaster = new Forecaster(settings, clock, others, there.map(known -> known));
                CommandProgress progress = new CommandProgress(err(), terminal)) {
            forecaster.connect(prospects.stream().map(Prospect::subject));
            return Plan.of(prospects, skipped, forecaster,
                    done -> progress.tell(format("%d of %d aliases are looked at", done, aliases.size())));
        }
    }

    /** All objects after somebody has applied the manifests. */
    private static List<Subject> after(Cluster known, List<Prospect> prospects) {
        Map<ObjectName, Subject> all = new HashMap<>();
        Stream.concat(known.subjects().stream(), prospects.stream().map(Prospect::subject))
                .forEach(subject -> all.put(subject.name(), subject));
        return List.copyOf(all.values());
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
