package dev.collectionalias.gitops;

/** Numbers of things, as English has them. */
final class Count {

    private Count() {}

    static String of(long number, String one, String many) {
        return "%d %s".formatted(number, number == 1 ? one : many);
    }

    /** @param one the thing's name, whose plural ends with s */
    static String of(long number, String one) {
        return of(number, one, one + "s");
    }
}
