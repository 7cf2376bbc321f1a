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
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the lease that lets one process write. JOSDK has an election of its own, but never releases the lease, so that
 * each rollout would stand still for as long as the lease lasts; and it ends the process on a clean stop.
 */
final class Leadership implements WritePermit, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    static final String DEFAULT_LEASE = "collection-alias-operator";
    private static final Duration LEASE_DURATION = Duration.ofSeconds(15);
    private static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);
    /** Often, so that a lease that is given back is taken at once. */
    private static final Duration RETRY_PERIOD = Duration.ofMillis(500);
    /** The holder has no reason to write as often as others look. */
    private static final Duration RENEW_PERIOD = Duration.ofSeconds(2);

    private final LeaderElector elector;
    private final AtomicLong validUntil = new AtomicLong(System.nanoTime());
    private volatile String holder;
    private CompletableFuture<?> election;

    Leadership(KubernetesClient client, ObjectName lease, String identity, Runnable onStart, Runnable onLost) {
        Lock lock = lease.name().equals(DEFAULT_LEASE)
                ? new LeaseLock(lease.namespace(), lease.name(), identity)
                : new RenamedLease(lease, identity);
        elector = client.leaderElector()
                .withConfig(new LeaderElectionConfigBuilder().withName(lease.name()).withLock(new TimedLock(lock))
                        .withLeaseDuration(LEASE_DURATION).withRenewDeadline(RENEW_DEADLINE)
                        .withRetryPeriod(RETRY_PERIOD).withReleaseOnCancel(true)
                        .withLeaderCallbacks(new LeaderCallbacks(onStart, onLost, this::noteHolder)).build())
                .build();
    }

    void elect() {
        election = elector.start();
    }

    private void noteHolder(String identity) {
        holder = identity;
        LOG.info("{} leads", holder().orElse("nobody"));
    }

    /** Who leads, as far as this process knows. */
    Optional<String> holder() {
        return Optional.ofNullable(holder).filter(identity -> !identity.isEmpty());
    }

    /** By this process' own monotonic clock, counted from before the lease was asked for: never longer than it lasts. */
    @Override
    public void require() {
        if (System.nanoTime() - validUntil.get() >= 0) {
            throw new LostLeadershipException();
        }
    }

    /** Gives the lease back, so that another process need not wait until it is over. */
    @Override
    public void close() {
        if (election != null) {
            election.cancel(true);
        }
    }

    /** Notes when the lease was asked for each time that it was granted. */
    private final class TimedLock implements Lock {
        private final Lock lock;
        /** The elector dates a lease from before it reads the old one. */
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

        /** The lock writes on top of what it read last, which is from before the last renewal. */
        private void release(KubernetesClient client, LeaderElectionRecord record) {
            LeaderElectionRecord now = lock.get(client);
            if (now != null && isOurs(now)) {
                lock.update(client, released(record));
            }
            note(record);
        }

        /** The client sends a merge patch, in which a holder that is null is left out, and so stays. */
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
