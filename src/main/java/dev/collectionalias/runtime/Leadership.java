package dev.collectionalias.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import dev.collectionalias.act.WritePermit;
import dev.collectionalias.plan.ObjectName;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the lease that lets one process write. JOSDK 5.2.3 has an election of its own, but it never releases the lease
 * ({@code LeaderElectionManager} sets {@code releaseOnCancel} to false). Each rollout would then stand still until the lease
 * expires. It also ends the process on a clean stop.
 */
final class Leadership implements WritePermit, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    static final String DEFAULT_LEASE = "collection-alias-operator";
    private static final Duration LEASE_DURATION = Duration.ofSeconds(15);
    private static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);
    /** Short, so that another process takes a released lease at once. */
    private static final Duration RETRY_PERIOD = Duration.ofMillis(500);
    /** The holder need not write as often as the other processes look. */
    private static final Duration RENEW_PERIOD = Duration.ofSeconds(2);

    private final ObjectName lease;
    private final Lock lock;
    private final Runnable onStart;
    private final Runnable onLost;
    private final AtomicLong validUntil = new AtomicLong(System.nanoTime());
    private volatile String holder;
    private CompletableFuture<?> election;

    Leadership(ObjectName lease, String identity, Runnable onStart, Runnable onLost) {
        this.lease = lease;
        this.onStart = onStart;
        this.onLost = onLost;
        lock = lease.name().equals(DEFAULT_LEASE)
                ? new LeaseLock(lease.namespace(), lease.name(), identity)
                : new RenamedLease(lease, identity);
    }

    void elect(KubernetesClient client) {
        election = client.leaderElector()
                .withConfig(new LeaderElectionConfigBuilder().withName(lease.name()).withLock(new TimedLock(lock))
                        .withLeaseDuration(LEASE_DURATION).withRenewDeadline(RENEW_DEADLINE)
                        .withRetryPeriod(RETRY_PERIOD).withReleaseOnCancel(true)
                        .withLeaderCallbacks(new LeaderCallbacks(onStart, onLost, this::noteHolder)).build())
                .build().start();
    }

    private void noteHolder(String identity) {
        holder = identity;
        LOG.info("{} leads", holder().orElse("nobody"));
    }

    /** The process that leads, as far as this one knows. */
    Optional<String> holder() {
        return Optional.ofNullable(holder).filter(identity -> !identity.isEmpty());
    }

    /**
     * Judges by this process' own monotonic clock, from the moment before it asked for the lease. So the permit never outlasts
     * the lease.
     */
    @Override
    public void require() {
        if (System.nanoTime() - validUntil.get() >= 0) {
            throw new LostLeadershipException();
        }
    }

    /** Releases the lease, so that another process need not wait until it expires. */
    @Override
    public void close() {
        if (election != null) {
            election.cancel(true);
        }
    }

    /** Notes, for each grant of the lease, when this process asked for it. */
    private final class TimedLock implements Lock {
        private final Lock lock;
        /** The time before the elector reads the old lease. A new lease counts from then. */
        private volatile long asked;
        private volatile LeaderElectionRecord held;
        private volatile long renewed;

        TimedLock(Lock lock) {
            this.lock = lock;
        }

        @Override
        public LeaderElectionRecord get(KubernetesClient client) {
            if (isRenewed()) {
                return held;
            }
            asked = System.nanoTime();
            return lock.get(client);
        }

        @Override
        public void create(KubernetesClient client, LeaderElectionRecord record) {
            lock.create(client, record);
            note(record);
        }

        @Override
        public void update(KubernetesClient client, LeaderElectionRecord record) {
            if (record.getHolderIdentity() == null) {
                release(client, record);
            } else if (!isRenewed()) {
                lock.update(client, record);
                note(record);
            }
        }

        /** Reads the lease first. The lock writes on top of its last read, which is older than the last renewal. */
        private void release(KubernetesClient client, LeaderElectionRecord record) {
            LeaderElectionRecord now = lock.get(client);
            if (now != null && isOurs(now)) {
                lock.update(client, released(record));
            }
            note(record);
        }

        /**
         * An empty name instead of null. The client sends a merge patch, which leaves null out, so the old holder would stay.
         */
        private static LeaderElectionRecord released(LeaderElectionRecord record) {
            return new LeaderElectionRecord("", record.getLeaseDuration(), record.getAcquireTime(),
                    record.getRenewTime(), record.getLeaderTransitions());
        }

        private void note(LeaderElectionRecord record) {
            held = isOurs(record) ? record : null;
            renewed = System.nanoTime();
            validUntil.set(held == null ? asked : asked + LEASE_DURATION.toNanos());
        }

        private boolean isOurs(LeaderElectionRecord record) {
            return identity().equals(record.getHolderIdentity());
        }

        /** Whether this process renewed its lease a moment ago. */
        private boolean isRenewed() {
            return held != null && System.nanoTime() - renewed < RENEW_PERIOD.toNanos();
        }

        @Override
        public String identity() {
            return lock.identity();
        }

        @Override
        public String describe() {
            return lock.describe();
        }
    }
}
