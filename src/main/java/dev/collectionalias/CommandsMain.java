package dev.collectionalias;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

import dev.collectionalias.api.v1alpha1.KubernetesDuration;
import dev.collectionalias.cli.Commands;
import dev.collectionalias.cli.DurationConverter;
import dev.collectionalias.cli.Failures;
import dev.collectionalias.cli.Terminal;
import dev.collectionalias.gitops.GitCommands;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program for people: each command is a class of its own. */
@Command(name = "kubectl-calias", mixinStandardHelpOptions = true, versionProvider = CommandsMain.Version.class, description = "Manages Milvus collection aliases declaratively on Kubernetes.")
public final class CommandsMain {

    /** The launcher's name for the program, which the help shows. */
    private static final String NAME_PROPERTY = "collectionalias.name";

    private CommandsMain() {}

    public static void main(String[] arguments) {
        keepLogsOutOfTheOutput();
        int code = commandLine(Clock.systemUTC(), Terminal.ofThisProcess(), System.getenv())
                // The output has signs that are not ASCII, whatever the locale says. kubectl writes UTF-8 too.
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .execute(arguments);
        if (code != 0) {
            System.exit(code);
        }
    }

    /**
     * All commands.
     *
     * @param environment the environment variables that the commands for Git work read
     */
    public static CommandLine commandLine(Clock clock, Terminal terminal, Map<String, String> environment) {
        CommandLine program = new CommandLine(new CommandsMain());
        program.setCommandName(System.getProperty(NAME_PROPERTY, program.getCommandName()));
        Commands.addTo(program, clock, terminal);
        GitCommands.addTo(program, clock, terminal, environment);
        program.registerConverter(KubernetesDuration.class, new DurationConverter()); // for the commands added above
        return program.setExecutionExceptionHandler(new Failures());
    }

    /** Switches logging off: a command reports the Kubernetes client's failures in its own words. */
    private static void keepLogsOutOfTheOutput() {
        System.getProperties().putIfAbsent("org.slf4j.simpleLogger.logFile", "System.err");
        System.getProperties().putIfAbsent("org.slf4j.simpleLogger.defaultLogLevel", "off");
        System.getProperties().putIfAbsent("org.slf4j.simpleLogger.log.io.fabric8", "off");
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = CommandsMain.class.getPackage().getImplementationVersion();
            return new String[]{version == null ? "development" : version};
        }
    }
}
