package dev.collectionalias.runtime;

import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.collectionalias.plan.ObjectName;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;

/**
 * A lease with the name of the Deployment. Earlier versions used one name everywhere. During the rolling update from such a
 * version, its pods lead by that former name. A new pod that took its own lease then would lead beside them. So this lease
 * counts as held while a pod of the same Deployment holds the former one.
 */
final class RenamedLease extends LeaseLock {

    /** Another old pod takes the former lease within less time after its release. */
    private static final Duration HANDED_ON = Duration.ofSeconds(3);
    private static final Duration FOR_NOW = Duration.ofSeconds(15);

    private final LeaseLock former;
    private final Pattern podOfTheDeployment;
    private String predecessor;
    private long seen;

    RenamedLease(ObjectName lease, String identity) {
        super(lease.namespace(), lease.name(), identity);
        former = new LeaseLock(lease.namespace(), Leadership.DEFAULT_LEASE, identity);
        // Kubernetes cuts the ReplicaSet's hash off a long pod name.
        podOfTheDeployment = Pattern.compile(Pattern.quote(lease.name()) + "-[a-z0-9]+(-[a-z0-9]+)?");
    }

    @Override
    public synchronized LeaderElectionRecord get(KubernetesClient client) {
        LeaderElectionRecord record = super.get(client);
        return isHeld(record) ? record : heldByAPredecessor(client).orElse(record);
    }

    private Optional<LeaderElectionRecord> heldByAPredecessor(KubernetesClient client) {
        LeaderElectionRecord record = readFormer(client);
        if (isHeld(record) && podOfTheDeployment.matcher(record.getHolderIdentity()).matches()) {
            predecessor = record.getHolderIdentity();
            seen = System.nanoTime();
        }
        if (predecessor == null || System.nanoTime() - seen > HANDED_ON.toNanos()) {
            return Optional.empty();
        }
        ZonedDateTime now = now();
        return Optional.of(new LeaderElectionRecord(predecessor, FOR_NOW, now, now, 0));
    }

    /**
     * A user who wrote the roles without the chart may have left this right out. That user has no pods of an earlier version.
     */
    private LeaderElectionRecord readFormer(KubernetesClient client) {
        try {
            return former.get(client);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return null;
            }
            throw e;
        }
    }

    private static boolean isHeld(LeaderElectionRecord record) {
        return record != null && record.getHolderIdentity() != null && !record.getHolderIdentity().isEmpty()
                && now().isBefore(record.getRenewTime().plus(record.getLeaseDuration()));
    }

    private static ZonedDateTime now() {
        return ZonedDateTime.now(ZoneOffset.UTC);
    }
}
