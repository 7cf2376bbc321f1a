package dev.collectionalias.bench;

/**
 * How much is measured. Each contender gets the same.
 *
 * @param rounds      in each of which all contenders have their turn
 * @param steady      objects at a fixed rate
 * @param perSecond   that rate
 * @param burst       objects at once
 * @param connections that the load has at once in a burst
 * @param warmUp      objects that are created, switched and deleted before anything is measured
 * @param floor       calls of each kind without an operator, at the fixed rate
 */
record Settings(int rounds, int steady, double perSecond, int burst, int connections, int warmUp, int floor) {

    static final Settings FULL = new Settings(3, 200, 20, 1000, 8, 100, 100);
    /** Whether everything works, within three minutes; the figures are noisy. */
    static final Settings QUICK = new Settings(1, 40, 20, 100, 8, 20, 20);

    LoadPace.Steady steadyPace() {
        return new LoadPace.Steady(perSecond);
    }

    LoadPace.Burst burstPace() {
        return new LoadPace.Burst(connections);
    }
}
