package dev.collectionalias.reconciler;

import static java.lang.String.format;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.MilvusConnectionStatus;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.milvus.AssumedPort;
import dev.collectionalias.milvus.ConnectionSettings;
import dev.collectionalias.milvus.MilvusClient;
import dev.collectionalias.milvus.MilvusConnections.Connected;
import dev.collectionalias.milvus.MilvusConnections.Failed;
import dev.collectionalias.milvus.MilvusConnections.State;
import dev.collectionalias.plan.Announcement;
import dev.collectionalias.plan.Conditions;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.seen.SwitchRemedy;

/** Turns the state of a client into its connection's status. */
public final class ConnectionReporter {

    /** The operator asks a server at least this often, whether it answers or is expected back. */
    private static final Duration BETWEEN_SIGNS_OF_LIFE = Duration.ofSeconds(10);
    private static final Duration JITTER = Duration.ofSeconds(2);
    /** All aliases of a secondary wait for its promotion, and one question serves them all. */
    private static final Duration BETWEEN_PROBES_OF_A_SECONDARY = Duration.ofSeconds(3);
    private static final int MOST_NAMES = 3;

    private ConnectionReporter() {}

    /**
     * @param keptBy the aliases that still need the connection, if it is being deleted
     * @param chance from 0 to 1, to spread connections that are due at the same time
     */
    public static ConnectionReport report(long generation, MilvusConnectionStatus before, State state,
            List<String> keptBy, Instant now, double chance) {
        Conditions former = Conditions.of(before.conditions(), generation, now);
        return switch (state) {
            case Connected connected -> {
                String endpoint = connected.client().endpoint().toString();
                String version = connected.client().serverVersion();
                ConnectionSettings settings = connected.client().settings();
                String assumed = AssumedPort.note(settings).map("; "::concat).orElse("");
                String message = format("connected to Milvus %s at %s", version, endpoint) + assumed
                        + precautions(connected.client());
                boolean kept = AssumedPort.isKept(settings);
                boolean news = former.status(ConditionType.Ready).orElse(null) != ConditionStatus.True
                        || kept && !ready(before).map(Condition::message).orElse("").contains(assumed);
                Conditions conditions = deleting(former.ready(Reason.Connected, message), keptBy);
                yield new ConnectionReport(
                        new MilvusConnectionStatus(generation, endpoint, settings.uri().orElse(null), version,
                                conditions.toList()),
                        news ? List.of(announcement(kept, message)) : List.of(),
                        connected.secondary() ? BETWEEN_PROBES_OF_A_SECONDARY : untilNextSignOfLife(chance));
            }
            case Failed failed -> {
                Problem problem = new Problem(failed.reason(), failed.message());
                boolean news = !problem.reason().name().equals(reason(before));
                Conditions conditions = deleting(former.blocked(problem), keptBy);
                yield new ConnectionReport(
                        new MilvusConnectionStatus(generation, before.endpoint(), before.uri(),
                                before.serverVersion(), conditions.toList()),
                        news ? List.of(Announcement.warning(problem.reason(), problem.message())) : List.of(),
                        untilNextTry(problem, conditions.since(ConditionType.Ready), now, chance));
            }
        };
    }

    private static Announcement announcement(boolean toActUpon, String message) {
        return toActUpon
                ? Announcement.warning(Reason.Connected, message)
                : Announcement.normal(Reason.Connected, message);
    }

    /** All aliases of a server wait for this one look. It costs no more than a look at a server that answers. */
    private static Duration untilNextTry(Problem problem, Instant since, Instant now, double chance) {
        Duration pace = problem.pace().untilNextLook(since, now, chance);
        Duration signOfLife = untilNextSignOfLife(chance);
        return problem.isStalled() || pace.compareTo(signOfLife) < 0 ? pace : signOfLife;
    }

    private static Duration untilNextSignOfLife(double chance) {
        return BETWEEN_SIGNS_OF_LIFE.plusMillis(Math.round(chance * JITTER.toMillis()));
    }

    /** What the operator does differently for this server; an empty text for nothing. */
    private static String precautions(MilvusClient client) {
        String unclear = client.isVersionClear()
                ? ""
                : "; what a server of this version needs is not clear, or it was another one a moment ago, so that nothing is left out";
        String again = client.remedies().contains(SwitchRemedy.SEND_AGAIN)
                ? "; each switch is sent three times, since some searches may miss it before (milvus#45025)"
                : "";
        String marked = client.remedies().contains(SwitchRemedy.EXPIRE_CACHES)
                ? "; each switch is confirmed by a property of its collection, since some searches may stay behind (milvus#51533)"
                : "";
        String dropping = client.dropDestroysNeighbours()
                ? "; after each drop the aliases whose names begin alike are stored again, since the server forgets them "
                        + "(milvus#33288)"
                : "";
        String secondary = client.isSecondary()
                ? "; it is a replicated secondary, so that aliases are observed, and changed once it is promoted"
                : "";
        return unclear + again + marked + dropping + secondary;
    }

    private static Conditions deleting(Conditions conditions, List<String> keptBy) {
        if (keptBy.isEmpty()) {
            return conditions;
        }
        String names = keptBy.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        String more = keptBy.size() > MOST_NAMES ? format(" and %d more", keptBy.size() - MOST_NAMES) : "";
        return conditions.without(ConditionType.Stalled).with(ConditionType.Reconciling, ConditionStatus.True,
                Reason.Deleting, format("kept until the aliases that use it are gone: %s%s", names, more));
    }

    private static String reason(MilvusConnectionStatus status) {
        return ready(status).map(Condition::reason).orElse("");
    }

    private static Optional<Condition> ready(MilvusConnectionStatus status) {
        return status.conditions().stream().filter(condition -> condition.type().equals(ConditionType.Ready.name()))
                .findFirst();
    }
}
