package dev.collectionalias.gitops.lint;

import static java.lang.String.format;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.collectionalias.cli.Failures;
import dev.collectionalias.gitops.manifests.Complaint;
import dev.collectionalias.gitops.manifests.ManifestFiles;
import dev.collectionalias.gitops.manifests.Manifests;
import dev.collectionalias.gitops.output.Count;
import dev.collectionalias.gitops.output.OutputFormat;
import dev.collectionalias.schema.KindSchemas;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks manifests without a cluster. */
@Command(name = "lint", mixinStandardHelpOptions = true, exitCodeOnInvalidInput = Failures.FAILED, description = "Checks manifests against the operator's CRDs, their rules included, without a cluster. Ends with 1 if something is wrong.")
public final class LintCommand implements Callable<Integer> {

    @Mixin
    private ManifestFiles files;

    @Option(names = {"-o",
            "--output"}, paramLabel = "text|json|yaml", defaultValue = "text", description = "The format of the answer. Default: text.")
    private OutputFormat output;

    @Spec
    private CommandSpec spec;

    private final Map<String, String> environment;

    public LintCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * @param leftOut    files that are not manifests as they are, and why
     * @param notChecked rules that compare with the object in the cluster
     */
    private record Report(int manifests, int skipped, List<Complaint> problems, List<Complaint> leftOut,
            List<String> notChecked) {}

    @Override
    public Integer call() {
        Manifests manifests = files.read(KindSchemas.ofThisVersion(), environment);
        Report report = new Report(manifests.all().size(), manifests.others(), Lint.all(manifests),
                Stream.concat(manifests.unrendered().stream(), manifests.strange().stream()).toList(),
                Lint.notChecked(manifests));
        if (output == OutputFormat.text) {
            print(report);
        } else {
            output.write(new ObjectMapper().valueToTree(report), out());
        }
        return report.problems.isEmpty() ? 0 : Failures.FAILED;
    }

    private void print(Report report) {
        report.problems.forEach(out()::println);
        report.leftOut.forEach(complaint -> out().println("left out: " + complaint));
        report.notChecked.forEach(rule -> out().println("not checked, as it is about changes: " + rule));
        String leftOut = report.leftOut.isEmpty() ? "" : format("; %d left out", report.leftOut.size());
        out().println(format("%s, %s%s%s", Count.of(report.manifests, "manifest"),
                Count.of(report.problems.size(), "problem"), leftOut, report.skipped == 0
                        ? ""
                        : format("; %s of other kinds skipped", Count.of(report.skipped, "document"))));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
