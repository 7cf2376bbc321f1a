package dev.collectionalias.gitops.export;

import static java.lang.String.format;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.collectionalias.api.v1alpha1.CollectionAliasSpec;
import dev.collectionalias.api.v1alpha1.ConnectionKind;
import dev.collectionalias.api.v1alpha1.ConnectionRef;
import dev.collectionalias.api.v1alpha1.DeletionPolicy;
import dev.collectionalias.cli.Columns;
import dev.collectionalias.cli.Failure;
import dev.collectionalias.cli.Failures;
import dev.collectionalias.cli.Terminal;
import dev.collectionalias.gitops.cluster.ClusterTarget;
import dev.collectionalias.gitops.output.CommandProgress;
import dev.collectionalias.gitops.output.Count;
import dev.collectionalias.gitops.output.OutputFormat;
import dev.collectionalias.gitops.server.AliasInventory;
import dev.collectionalias.gitops.server.MilvusSession;
import dev.collectionalias.gitops.server.MilvusTarget;
import dev.collectionalias.milvus.ConnectionSettings;
import dev.collectionalias.schema.KindSchemas;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes manifests for the aliases of a Milvus. */
@Command(name = "export", mixinStandardHelpOptions = true, exitCodeOnInvalidInput = Failures.FAILED, description = "Writes a manifest for each alias that a Milvus has. If you apply them, the operator takes the aliases over as they are and writes nothing to Milvus.")
public final class ExportCommand implements Callable<Integer> {

    @Mixin
    private MilvusTarget target;

    @Mixin
    private ClusterTarget cluster;

    @Option(names = {"-d",
            "--database"}, paramLabel = "DATABASE", description = "Only the aliases of this database. May be repeated. Default: those of all databases.")
    private List<String> databases = new ArrayList<>();

    @Option(names = {"-n",
            "--namespace"}, paramLabel = "NAMESPACE", description = "The namespace that the manifests name. Default: none, so that you choose one when you apply them. With --cluster, the context's namespace counts then.")
    private String namespace;

    @Option(names = "--connection", paramLabel = "NAME", defaultValue = ConnectionRef.DEFAULT_NAME, description = "The connection that the manifests name. Default: default.")
    private String connection;

    @Option(names = "--connection-kind", paramLabel = "KIND", defaultValue = "MilvusConnection", description = "Its kind: ${COMPLETION-CANDIDATES}. Default: MilvusConnection.")
    private ConnectionKind connectionKind;

    @Option(names = "--deletion-policy", paramLabel = "POLICY", defaultValue = "Delete", description = "What the operator does with an alias when you delete its object: ${COMPLETION-CANDIDATES}. Default: Delete.")
    private DeletionPolicy deletionPolicy;

    @Option(names = "--output-dir", paramLabel = "DIRECTORY", description = "Write a file for each alias, named as its object, instead of all to the standard output.")
    private Path directory;

    @Option(names = "--overwrite", description = "Overwrite files that are in the directory already.")
    private boolean overwrite;

    @Option(names = {"-o",
            "--output"}, paramLabel = "text|json|yaml", defaultValue = "yaml", description = "The format of the manifests; text is a table of them. Default: yaml.")
    private OutputFormat output;

    @Spec
    private CommandSpec spec;

    private final Clock clock;
    private final Terminal terminal;
    private final Map<String, String> environment;

    public ExportCommand(Clock clock, Terminal terminal, Map<String, String> environment) {
        this.clock = clock;
        this.terminal = terminal;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (directory != null && output == OutputFormat.text) {
            throw new Failure("--output-dir needs -o yaml or -o json");
        }
        KindSchemas schemas = KindSchemas.ofThisVersion();
        Export.Choices choices = new Export.Choices(namespace, new ConnectionRef(connectionKind, connection),
                deletionPolicy);
        Export.require(choices, schemas);
        ConnectionSettings settings = target.settings(environment);
        Optional<ExistingObjects> existing = existing(choices, settings);
        Export export = Export.of(inventory(settings), choices, schemas, existing);
        export.managed().forEach(this::note);
        export.warnings().forEach(warning -> err().println("warning: " + warning));
        if (directory != null) {
            writeFiles(export.manifests());
        } else {
            print(export.manifests());
        }
        return 0;
    }

    private Optional<ExistingObjects> existing(Export.Choices choices, ConnectionSettings settings) {
        Optional<ExistingObjects> existing = cluster.read(namespace, Set::of, this::note)
                .map(found -> new ExistingObjects(found, choices, settings.endpoint(), clock));
        existing.flatMap(ExistingObjects::note).ifPresent(this::note);
        return existing;
    }

    private void note(String sentence) {
        err().println("note: " + sentence);
    }

    private AliasInventory inventory(ConnectionSettings settings) {
        try (CommandProgress progress = new CommandProgress(err(), terminal)) {
            return MilvusSession.run(settings,
                    client -> AliasInventory.take(client.gateway(), databases, progress::tell));
        }
    }

    private void print(List<ObjectNode> manifests) {
        switch (output) {
            case text -> table(manifests).forEach(out()::println);
            case yaml -> manifests.forEach(manifest -> out().print("---\n" + output.document(manifest)));
            case json -> {
                ObjectNode list = JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "List");
                list.putArray("items").addAll(manifests);
                out().print(output.document(list));
            }
        }
        out().flush();
    }

    private static List<String> table(List<ObjectNode> manifests) {
        List<List<String>> rows = new ArrayList<>(List.of(List.of("NAME", "DATABASE", "ALIAS", "COLLECTION")));
        manifests.forEach(manifest -> rows.add(List.of(manifest.at("/metadata/name").asText(),
                manifest.at("/spec/database").asText(CollectionAliasSpec.DEFAULT_DATABASE),
                manifest.at("/spec/alias").asText(), manifest.at("/spec/collection").asText())));
        return Columns.align(rows);
    }

    private void writeFiles(List<ObjectNode> manifests) {
        List<Path> present = manifests.stream().map(this::file).filter(Files::exists).toList();
        if (!present.isEmpty() && !overwrite) {
            throw new Failure(format("%s %s there already, %s the first; --overwrite replaces what is in the way",
                    Count.of(present.size(), "file"), present.size() == 1 ? "is" : "are", present.getFirst()));
        }
        try {
            Files.createDirectories(directory);
            for (ObjectNode manifest : manifests) {
                Files.writeString(file(manifest), output.document(manifest));
            }
        } catch (IOException e) {
            throw new Failure(format("%s can't be written: %s", directory, e.getMessage()), e);
        }
        err().println(format("%s written to %s", Count.of(manifests.size(), "manifest"), directory));
    }

    private Path file(ObjectNode manifest) {
        return directory.resolve(manifest.at("/metadata/name").asText() + "." + output);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
