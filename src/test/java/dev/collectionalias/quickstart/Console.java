package dev.collectionalias.quickstart;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Tells what happens while it happens. Colours and a running clock are for terminals; files get plain lines. */
final class Console {

    private static final String BOLD = "1";
    private static final String FAINT = "2";
    private static final String RED = "31";
    private static final String GREEN = "32";
    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintStream out;
    private final boolean terminal;
    private final ScheduledExecutorService clock = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("progress").factory());

    Console(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Announces what comes, does it, and says how long it took and, in the action's own words, how it came out. */
    void step(String what, Callable<String> action) {
        line(paint(BOLD, "==> " + what));
        long begin = System.nanoTime();
        int every = terminal ? 1 : 10;
        ScheduledFuture<?> progress = clock.scheduleAtFixedRate(() -> progress(begin), every, every, TimeUnit.SECONDS);
        try {
            String outcome = action.call();
            progress.cancel(false);
            detail(paint(GREEN, "done") + " in " + seconds(begin));
            detail(outcome);
        } catch (TourFailure e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TourFailure("interrupted", e);
        } catch (Exception e) {
            throw new TourFailure(what + ": " + e.getMessage(), e);
        } finally {
            progress.cancel(false);
        }
    }

    synchronized void detail(String text) {
        line("    " + text);
    }

    synchronized void line(String text) {
        out.println((terminal ? CLEAR_LINE : "") + text);
    }

    void failure(String text) {
        line(paint(RED, text));
    }

    private synchronized void progress(long begin) {
        String text = "    " + paint(FAINT, "still at it after " + seconds(begin));
        if (terminal) {
            out.print(CLEAR_LINE + text);
            out.flush();
        } else {
            out.println(text);
        }
    }

    private String paint(String colour, String text) {
        return terminal ? "\033[" + colour + "m" + text + "\033[0m" : text;
    }

    private static String seconds(long begin) {
        return String.format(Locale.ROOT, "%.1f s", Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0);
    }
}
