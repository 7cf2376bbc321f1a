package dev.collectionalias.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlarmsTest {

    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration LATE = Duration.ofHours(1);

    private final BlockingQueue<String> rung = new LinkedBlockingQueue<>();
    private final Alarms alarms = new Alarms();

    @AfterEach
    void close() {
        alarms.close();
    }

    private void set(String whom, Duration delay, String what) {
        alarms.set(whom, delay, () -> rung.add(what));
    }

    private String next() throws InterruptedException {
        return rung.poll(5, TimeUnit.SECONDS);
    }

    @Test
    void oneThatIsSetEarlierReplacesTheOneBefore() throws InterruptedException {
        set("products", LATE, "late");
        set("products", SOON, "soon");

        assertThat(next()).isEqualTo("soon");
    }

    @Test
    void oneThatIsPutOffDoesNotRing() throws InterruptedException {
        set("products", SOON, "put off");
        set("products", LATE, "late");
        set("reviews", SOON.multipliedBy(2), "another's");

        assertThat(next()).isEqualTo("another's");
    }

    @Test
    void anotherCanBeSetAfterItRang() throws InterruptedException {
        set("products", SOON, "once");
        assertThat(next()).isEqualTo("once");
        set("products", SOON, "twice");

        assertThat(next()).isEqualTo("twice");
    }

    @Test
    void oneThatIsSetAfterTheEndIsIgnored() {
        alarms.close();

        set("products", Duration.ZERO, "too late");

        assertThat(rung).isEmpty();
    }
}
