package dev.collectionalias.cli;

import java.io.Console;

import picocli.CommandLine.Help.Ansi;

/**
 * The abilities of the output.
 *
 * @param redraws whether a command can overwrite what it has written; false for a file, a pipe or a build's log
 * @param colours whether a command may use colours; people can switch them off (NO_COLOR)
 */
public record Terminal(boolean redraws, boolean colours) {

    /** A file or a pipe. */
    public static final Terminal NONE = new Terminal(false, false);

    /** The output of this process. */
    public static Terminal ofThisProcess() {
        return new Terminal(isTerminal(System.console()), Ansi.AUTO.enabled());
    }

    /**
     * Since Java 22, a process has a console even without a terminal. The method that tells the difference did not exist
     * before.
     */
    private static boolean isTerminal(Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
