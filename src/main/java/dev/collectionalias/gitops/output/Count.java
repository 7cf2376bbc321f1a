package dev.collectionalias.gitops.output;

/** A number and its noun, in the English singular or plural. */
public final class Count {

    private Count() {}

    public static String of(long number, String one, String many) {
        return "%d %s".formatted(number, number == 1 ? one : many);
    }

    /** @param one the noun in the singular; its plural ends with s */
    public static String of(long number, String one) {
        return of(number, one, one + "s");
    }
}
