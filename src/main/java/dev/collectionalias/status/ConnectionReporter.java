package dev.collectionalias.status;

import static java.lang.String.format;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.MilvusConnectionStatus;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.milvus.MilvusClient;
import dev.collectionalias.milvus.MilvusConnections.Connected;
import dev.collectionalias.milvus.MilvusConnections.Failed;
import dev.collectionalias.milvus.MilvusConnections.State;
import dev.collectionalias.plan.Problem;

/** Turns what is known of a server into its connection's status. */
public final class ConnectionReporter {

    /** How often a server is asked at least, whether it answers or is expected back. */
    private static final Duration BETWEEN_SIGNS_OF_LIFE = Duration.ofSeconds(10);
    private static final Duration JITTER = Duration.ofSeconds(2);
    private static final int MOST_NAMES = 3;

    private ConnectionReporter() {}

    /**
     * @param keptBy the aliases that still need the connection, if it is being deleted
     * @param chance from 0 to 1, to spread connections that would be looked at together
     */
    public static ConnectionReport report(long generation, MilvusConnectionStatus before, State state,
            List<String> keptBy, Instant now, double chance) {
        Conditions conditions = new Conditions(before.conditions(), generation, now);
        return switch (state) {
            case Connected connected -> {
                String endpoint = connected.client().endpoint().toString();
                String version = connected.client().serverVersion();
                String message = format("connected to Milvus %s at %s", version, endpoint)
                        + precautions(connected.client());
                boolean news = conditions.statusOf(ConditionType.Ready).orElse(null) != ConditionStatus.True;
                conditions.ready(Reason.Connected, message);
                deleting(conditions, keptBy);
                yield new ConnectionReport(
                        new MilvusConnectionStatus(generation, endpoint, version, conditions.toList()),
                        news ? List.of(Announcement.normal(Reason.Connected, message)) : List.of(),
                        untilNextSignOfLife(chance));
            }
            case Failed failed -> {
                Problem problem = new Problem(failed.reason(), failed.message());
                boolean news = !problem.reason().name().equals(reason(before));
                if (problem.isStalled()) {
                    conditions.stalled(problem.reason(), problem.message());
                } else {
                    conditions.reconciling(problem.reason(), problem.message());
                }
                deleting(conditions, keptBy);
                yield new ConnectionReport(
                        new MilvusConnectionStatus(generation, before.endpoint(), before.serverVersion(),
                                conditions.toList()),
                        news ? List.of(Announcement.warning(problem.reason(), problem.message())) : List.of(),
                        untilNextTry(problem, conditions.since(ConditionType.Ready), now, chance));
            }
        };
    }

    /** All aliases of a server wait for this one look: it costs no more than the one at a server that answers. */
    private static Duration untilNextTry(Problem problem, Instant since, Instant now, double chance) {
        Duration pace = problem.pace().untilNextLook(since, now, chance);
        Duration signOfLife = untilNextSignOfLife(chance);
        return problem.isStalled() || pace.compareTo(signOfLife) < 0 ? pace : signOfLife;
    }

    private static Duration untilNextSignOfLife(double chance) {
        return BETWEEN_SIGNS_OF_LIFE.plusMillis(Math.round(chance * JITTER.toMillis()));
    }

    /** What is done differently because of the server's age; empty: nothing. */
    private static String precautions(MilvusClient client) {
        String switching = client.mayServeOldTargetAfterSwitch()
                ? "; each switch is sent three times, since some searches may miss it before (milvus#45025)"
                : "";
        String dropping = client.dropDestroysNeighbours()
                ? "; after each drop the aliases whose names begin alike are stored again, since the server forgets them "
                        + "(milvus#33288)"
                : "";
        return switching + dropping;
    }

    private static void deleting(Conditions conditions, List<String> keptBy) {
        if (!keptBy.isEmpty()) {
            String names = keptBy.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
            String more = keptBy.size() > MOST_NAMES ? format(" and %d more", keptBy.size() - MOST_NAMES) : "";
            conditions.remove(ConditionType.Stalled);
            conditions.set(ConditionType.Reconciling, ConditionStatus.True, Reason.Deleting,
                    format("kept until the aliases that use it are gone: %s%s", names, more));
        }
    }

    private static String reason(MilvusConnectionStatus status) {
        return status.conditions().stream().filter(condition -> condition.type().equals(ConditionType.Ready.name()))
                .map(Condition::reason).findFirst().orElse("");
    }
}
