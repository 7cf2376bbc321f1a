package dev.collectionalias.cli;

import static java.lang.String.format;

import io.fabric8.kubernetes.client.KubernetesClientException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Prints a failure as one sentence instead of a stack trace. */
public final class Failures implements IExecutionExceptionHandler {

    /** The exit code of a command that failed. */
    public static final int FAILED = 1;
    /** The exit code of a shell for a program that a signal has stopped. */
    private static final int INTERRUPTED = 130;

    @Override
    public int handleExecutionException(Exception exception, CommandLine command, ParseResult arguments) {
        if (exception instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return INTERRUPTED;
        }
        command.getErr().println("error: " + sentence(exception));
        command.getErr().flush();
        return FAILED;
    }

    private static String sentence(Exception exception) {
        return switch (exception) {
            case Failure failure -> failure.getMessage();
            case KubernetesClientException refused when refused.getStatus() != null
                    && refused.getStatus().getMessage() != null ->
                refused.getStatus().getMessage();
            case KubernetesClientException failed when failed.getCause() != null ->
                format("the Kubernetes API does not answer: %s", failed.getCause());
            default -> format("unexpected: %s", exception);
        };
    }
}
