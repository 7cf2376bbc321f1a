package dev.collectionalias.faults;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.support.AliasObjects;
import io.fabric8.kubernetes.client.KubernetesClientException;

/**
 * Users who apply, switch and delete aliases at a steady pace, whatever goes wrong meanwhile, and write down what was
 * acknowledged. The aliases' names are of one length, so that none begins with another one.
 */
final class Load implements AutoCloseable {

    private static final int USERS = 4;
    private static final int DELETES_ONE_IN = 10;
    /** How long a user may not notice that the load is over. */
    private static final long AT_MOST = TimeUnit.MILLISECONDS.toNanos(100);

    /**
     * @param prefix of the objects' names, lower-case letters
     * @param collections at least two, which are there
     * @param spec what else is in the objects' specs, as in {@code refreshInterval: 5s}
     * @param deletesOneIn so many calls; 0 where somebody else needs the aliases
     */
    record Shape(String prefix, int aliases, double perSecond, List<String> collections, String spec,
            int deletesOneIn) {

        Shape(String prefix, int aliases, double perSecond, List<String> collections, String spec) {
            this(prefix, aliases, perSecond, collections, spec, DELETES_ONE_IN);
        }
    }

    private final AliasObjects objects;
    private final Ledger ledger;
    private final Shape shape;
    private final AtomicInteger operations = new AtomicInteger();
    private final AtomicInteger unacknowledged = new AtomicInteger();
    private final List<User> users;
    private List<Thread> threads = List.of();
    private volatile boolean over = true;

    Load(AliasObjects objects, Ledger ledger, Shape shape) {
        this.objects = objects;
        this.ledger = ledger;
        this.shape = shape;
        users = IntStream.range(0, USERS).mapToObj(User::new).toList();
    }

    /** Applies every object. */
    void applyAll() {
        users.parallelStream().forEach(User::applyAll);
    }

    void begin() {
        over = false;
        threads = users.stream().map(user -> Thread.ofPlatform().name("user-" + user.number).start(user)).toList();
    }

    /** No further call is made; those under way come to their end. */
    void end() {
        over = true;
    }

    void join() {
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        threads = List.of();
    }

    /** Calls that were made, acknowledged or not. */
    int operations() {
        return operations.get();
    }

    /** Those of which nobody was told whether they were carried out. */
    int unacknowledged() {
        return unacknowledged.get();
    }

    @Override
    public void close() {
        end();
        join();
    }

    /** One who has objects that nobody else changes, and makes one call at a time. */
    private final class User implements Runnable {

        private final int number;
        private final Random random;
        private final List<String> names;
        /** Where the objects point that are there for certain; of all others the API server is asked first. */
        private final Map<String, String> known = new HashMap<>();

        User(int number) {
            this.number = number;
            random = new Random(number);
            names = IntStream.range(0, shape.aliases()).filter(each -> each % USERS == number)
                    .mapToObj(each -> "%s-%05d".formatted(shape.prefix(), each)).toList();
        }

        void applyAll() {
            names.forEach(this::create);
        }

        @Override
        public void run() {
            long gap = (long) (Duration.ofSeconds(1).toNanos() * USERS / shape.perSecond());
            long due = System.nanoTime() + gap * number / USERS;
            for (int turn = 0; !over; turn++) {
                sleepUntil(due);
                change(names.get(turn % names.size()));
                due = Math.max(due + gap, System.nanoTime());
            }
        }

        private void sleepUntil(long due) {
            for (long left = due - System.nanoTime(); left > 0 && !over; left = due - System.nanoTime()) {
                LockSupport.parkNanos(Math.min(left, AT_MOST));
            }
        }

        private void change(String name) {
            if (known.containsKey(name)) {
                write(name, () -> deleteOrPoint(name));
                return;
            }
            try {
                CollectionAlias found = objects.named(name).get();
                if (found == null) {
                    write(name, () -> create(name));
                } else if (!found.isMarkedForDeletion()) {
                    known.put(name, found.getSpec().collection());
                    write(name, () -> deleteOrPoint(name));
                }
            } catch (KubernetesClientException e) {
                // Nothing was asked for.
            }
        }

        private void write(String name, Runnable call) {
            operations.incrementAndGet();
            try {
                call.run();
            } catch (KubernetesClientException e) {
                known.remove(name);
                ledger.unsure(name);
                unacknowledged.incrementAndGet();
            }
        }

        private void create(String name) {
            String collection = another("");
            ledger.applied(objects.create(name, "{alias: %s, collection: %s, %s}".formatted(name.replace('-', '_'),
                    collection, shape.spec())));
            known.put(name, collection);
        }

        private void deleteOrPoint(String name) {
            if (shape.deletesOneIn() > 0 && random.nextInt(shape.deletesOneIn()) == 0) {
                objects.delete(name);
                ledger.deleted(name);
                known.remove(name);
            } else {
                String collection = another(known.get(name));
                ledger.applied(objects.point(name, collection));
                known.put(name, collection);
            }
        }

        private String another(String collection) {
            List<String> others = shape.collections().stream().filter(each -> !each.equals(collection)).toList();
            return others.get(random.nextInt(others.size()));
        }
    }
}
