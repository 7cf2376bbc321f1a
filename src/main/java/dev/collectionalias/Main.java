package dev.collectionalias;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: each command is a class of its own. */
@Command(name = "collection-alias-operator", mixinStandardHelpOptions = true, versionProvider = Main.Version.class, subcommands = RunCommand.class, description = "Manages Milvus collection aliases declaratively on Kubernetes.")
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        int code = new CommandLine(new Main()).execute(arguments.length == 0 ? new String[]{"run"} : arguments);
        if (code != 0) {
            System.exit(code);
        }
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[]{version == null ? "development" : version};
        }
    }
}
