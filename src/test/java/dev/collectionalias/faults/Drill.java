package dev.collectionalias.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * One kind of fault, again and again while users go on: what they were told is done has to be done when the last one is
 * over, and nothing else. The outcome is a row of the report.
 *
 * @param patience with what heals after the fault
 */
record Drill(Load load, Ledger ledger, FaultReport report, Duration patience) {

    /** Twice the longest time between two tries of the operator. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    Drill(Load load, Ledger ledger, FaultReport report) {
        this(load, ledger, report, PATIENCE);
    }

    /** @param between two faults, and before the first */
    Settlement play(Fault fault, int times, Duration between) {
        return play(fault, times, between, () -> "");
    }

    /** @param meanwhile what else there is to say in the end */
    Settlement play(Fault fault, int times, Duration between, Supplier<String> meanwhile) {
        int operationsBefore = load.operations();
        int unacknowledgedBefore = load.unacknowledged();
        load.begin();
        long ended = 0;
        for (int time = 1; time <= times; time++) {
            letPass(between);
            fault.inject().run();
            letPass(fault.lasts());
            if (time == times) {
                load.end();
            }
            fault.end().run();
            ended = System.nanoTime();
        }
        load.join();
        Settlement settlement = ledger.settle(ended, patience);
        report.add(new FaultReport.Row(fault.kind(), times, load.operations() - operationsBefore,
                load.unacknowledged() - unacknowledgedBefore, settlement, meanwhile.get()));
        assertThat(settlement.differences()).as("%s, %s after its end", fault.kind(), patience).isEmpty();
        assertThat(load.operations()).as("calls of users").isGreaterThan(operationsBefore);
        return settlement;
    }

    /** For a time that is itself a part of the drill, such as the length of a fault. Nothing is awaited meanwhile. */
    static void letPass(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
