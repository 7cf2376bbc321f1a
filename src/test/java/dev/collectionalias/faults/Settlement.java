package dev.collectionalias.faults;

import java.time.Duration;
import java.util.List;

/**
 * What the ledger found in the end.
 *
 * @param differences none, if all three agreed in time
 * @param aliases that there are to be
 * @param timeToHeal from the end of the fault until all agreed, or until nobody waited any longer
 */
record Settlement(List<Difference> differences, int aliases, Duration timeToHeal) {

    Settlement {
        differences = List.copyOf(differences);
    }

    long count(Difference.Kind kind) {
        return differences.stream().filter(difference -> difference.kind() == kind).count();
    }
}
