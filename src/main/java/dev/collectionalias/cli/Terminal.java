package dev.collectionalias.cli;

import java.io.Console;

import picocli.CommandLine.Help.Ansi;

/**
 * What the output can show.
 *
 * @param redraws whether what was written can be overwritten; false for a file, a pipe or a build's log
 * @param colours whether colours are shown, which people can switch off (NO_COLOR)
 */
public record Terminal(boolean redraws, boolean colours) {

    /** A file or a pipe. */
    public static final Terminal NONE = new Terminal(false, false);

    /** What this process writes to. */
    public static Terminal ofThisProcess() {
        return new Terminal(isTerminal(System.console()), Ansi.AUTO.enabled());
    }

    /** Since Java 22 there is a console without a terminal too; before, the method that tells did not exist. */
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
