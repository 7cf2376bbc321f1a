package dev.collectionalias.plan;

import java.util.regex.Pattern;

/** Text as users are shown it, wherever it comes from: on one line, bounded, with nothing that a terminal acts upon. */
public final class OneLine {

    /** The most that Kubernetes allows in the note of an Event. A condition's message may have 32768, but is read as often. */
    public static final int LONGEST = 1024;

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s\\p{Z}\\p{C}]+");
    private static final String MORE = "…";

    private OneLine() {}

    public static String of(String text) {
        return of(text, LONGEST);
    }

    /** @param longest how many characters it may have, with the one that says that there were more */
    public static String of(String text, int longest) {
        String line = BETWEEN_WORDS.matcher(text).replaceAll(" ").strip();
        return line.length() <= longest ? line : start(line, longest - MORE.length()) + MORE;
    }

    /** The beginning of a text, which ends with no half of a character. */
    static String start(String text, int length) {
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }
}
