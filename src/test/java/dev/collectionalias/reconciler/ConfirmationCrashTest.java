package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.collectionalias.act.AliasActor;
import dev.collectionalias.api.v1alpha1.CollectionAliasSpec;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.MilvusConnection;
import dev.collectionalias.api.v1alpha1.MilvusConnectionSpec;
import dev.collectionalias.milvus.ConnectionSettings;
import dev.collectionalias.milvus.MilvusConnections;
import dev.collectionalias.milvus.RpcObserver;
import dev.collectionalias.milvus.net.Credentials;
import dev.collectionalias.observe.AliasObserver;
import dev.collectionalias.observe.ConnectionDirectory;
import dev.collectionalias.observe.ConnectionView;
import dev.collectionalias.observe.CutoverObserver;
import dev.collectionalias.plan.Announcement;
import dev.collectionalias.plan.ConnectionName;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Requests;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.seen.WebhookAnswer;
import dev.collectionalias.plan.step.Effect;
import dev.collectionalias.plan.step.Outcome;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.plan.step.Step;
import dev.collectionalias.schedule.Turnstile;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.MilvusState;
import dev.collectionalias.support.Rpc;
import dev.collectionalias.support.RpcCall;
import dev.collectionalias.support.ShiftedClock;
import io.milvus.shaded.io.grpc.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The operator dies before and after each write that a switch takes on a Milvus 2.6.20. After the next start it comes to the
 * same end: the alias is confirmed, and no collection keeps a property.
 */
class ConfirmationCrashTest {

    private static final String DB = MilvusState.DEFAULT_DATABASE;
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** What happens as soon as the alias is where the first switch led. */
    enum Then {
        NOTHING, SWITCHED_BACK, MOVED_BY_SOMEBODY_ELSE, DELETED
    }

    /**
     * What lasts.
     *
     * @param expired whether the caches were expired after the alias was changed last
     */
    private record End(Map<String, String> aliases, boolean gone, Optional<Boolean> confirmed, String active,
            List<String> left, boolean expired) {}

    private static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final ShiftedClock clock = new ShiftedClock(
            Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC));
    private InProcessMilvus milvus;
    private Subject subject;
    private int writes;
    private int fatal;
    private boolean dead;

    @BeforeEach
    void startServer() {
        milvus = new InProcessMilvus("v2.6.20");
        milvus.start();
        for (String collection : List.of("v1", "v2")) {
            milvus.state().createCollection(DB, collection);
            milvus.state().load(DB, collection);
        }
    }

    @AfterEach
    void stopServer() {
        milvus.close();
    }

    @ParameterizedTest
    @EnumSource
    void endsTheSameWhereverItDies(Then then) {
        End undisturbed = play(then, Integer.MAX_VALUE);
        int all = writes;
        assertThat(undisturbed.left()).isEmpty();
        assertThat(undisturbed.expired()).isEqualTo(then != Then.DELETED);
        assertThat(all).as("writes to Milvus and of the status").isGreaterThan(3);

        for (int write = 1; write <= 2 * all; write++) {
            assertThat(play(then, write)).as("dead %s write %d of %d", write % 2 == 1 ? "before" : "after",
                    (write + 1) / 2, all).isEqualTo(undisturbed);
        }
    }

    /** @param fatalMoment odd: before a write; even: after one */
    private End play(Then then, int fatalMoment) {
        milvus.faults().clear();
        milvus.journal().clear();
        milvus.state().dropAlias(DB, "products");
        milvus.state().setAlias(DB, "products", "v1");
        writes = 0;
        fatal = fatalMoment;
        dead = false;
        milvus.faults().when(call -> call.rpc().writes()).before(this::beforeWrite);
        milvus.faults().when(call -> call.rpc().writes()).after(this::afterWrite);
        subject = pointed(settledAtV1(), "v2");

        Instant deadline = clock.instant().plus(LONGEST);
        boolean asked = false;
        try (Incarnation first = new Incarnation()) {
            asked = live(first, then, false, deadline);
            if (!dead) {
                return end(asked);
            }
        }
        milvus.faults().clear();
        try (Incarnation second = new Incarnation()) {
            dead = false;
            fatal = Integer.MAX_VALUE;
            return end(live(second, then, asked, deadline));
        }
    }

    /** @return whether the second thing has happened; the object is gone where it was a deletion */
    private boolean live(Incarnation operator, Then then, boolean askedBefore, Instant deadline) {
        boolean asked = askedBefore;
        try {
            while (clock.instant().isBefore(deadline)) {
                if (!asked && isTimeFor(then)) {
                    subject = after(then);
                    asked = true;
                }
                AliasPass.End next = operator.pass();
                if (next instanceof AliasPass.End.Released) {
                    subject = null;
                    return asked;
                }
                clock.putForward(next instanceof AliasPass.End.After after && after.delay().isPositive()
                        ? after.delay()
                        : Duration.ofMillis(100));
            }
        } catch (Died e) {
            dead = true;
        }
        return asked;
    }

    /** Somebody else moves it once nothing is to be confirmed any more, so that the correction has to be by itself. */
    private boolean isTimeFor(Then then) {
        boolean switched = milvus.state().target(DB, "products").equals(Optional.of("v2"));
        return switched && (then != Then.MOVED_BY_SOMEBODY_ELSE || subject.status().active().collection().equals("v2")
                && subject.status().active().confirmed() == null);
    }

    private End end(boolean asked) {
        assertThat(asked).isTrue();
        List<String> left = List.of("v1", "v2").stream()
                .flatMap(collection -> milvus.state().properties(DB, collection).keySet().stream()).toList();
        return new End(milvus.state().target(DB, "products").map(at -> Map.of("products", at)).orElse(Map.of()),
                subject == null,
                subject == null ? Optional.empty() : Optional.ofNullable(subject.status().active().confirmed()),
                subject == null ? "" : subject.status().active().collection(), left,
                last(Rpc.ALTER_COLLECTION) > Math.max(last(Rpc.ALTER_ALIAS), last(Rpc.CREATE_ALIAS)));
    }

    private int last(Rpc rpc) {
        return milvus.journal().all().stream().map(RpcCall::rpc).toList().lastIndexOf(rpc);
    }

    private void beforeWrite() {
        writes++;
        if (2 * writes - 1 == fatal) {
            dead = true;
        }
        refuseIfDead();
    }

    private void afterWrite() {
        if (2 * writes == fatal) {
            dead = true;
        }
        refuseIfDead();
    }

    /** Whatever the dead one would hear or do is lost. */
    private void refuseIfDead() {
        if (dead) {
            throw Status.CANCELLED.withDescription("the operator is dead").asRuntimeException();
        }
    }

    private Subject settledAtV1() {
        String id = String.valueOf(milvus.state().collection(DB, "v1").id());
        CollectionAliasStatus status = new CollectionAliasStatus(1L, true,
                milvus.uri().replace("http://", ""),
                new CollectionAliasStatus.Active("v1", id, 1, clock.instant().minusSeconds(3600), null, null), null,
                null,
                null,
                null, null, null, null, null, null, null, null, null, null);
        return new Subject(new ObjectName("shop", "products"), 1, clock.instant().minusSeconds(3600), Optional.empty(),
                spec("v1"), status, new Requests(Map.of()));
    }

    private static CollectionAliasSpec spec(String collection) {
        return new CollectionAliasSpec("products", collection, null, null, null, null, null, null, null, null, null,
                null);
    }

    private static Subject pointed(Subject subject, String collection) {
        return new Subject(subject.name(), subject.generation() + 1, subject.createdAt(), subject.deletedAt(),
                spec(collection), subject.status(), subject.requests());
    }

    private Subject after(Then then) {
        return switch (then) {
            case NOTHING -> subject;
            case SWITCHED_BACK -> pointed(subject, "v1");
            case MOVED_BY_SOMEBODY_ELSE -> {
                milvus.state().setAlias(DB, "products", "v1");
                yield subject;
            }
            case DELETED -> new Subject(subject.name(), subject.generation() + 1, subject.createdAt(),
                    Optional.of(clock.instant()), subject.spec(), subject.status(), subject.requests());
        };
    }

    /** One life of the operator: what is in its memory only dies with it. */
    private final class Incarnation implements AliasPass.Audience, AutoCloseable {
        private final MilvusConnections clients = new MilvusConnections(clock, id -> RpcObserver.NONE);
        private final AliasPass pass;

        Incarnation() {
            ConnectionDirectory connections = name -> Optional.of(connection());
            clients.connect(ConnectionName.of(subject),
                    ConnectionSettings.of(milvus.uri(), Credentials.NONE, DEADLINE, DEADLINE));
            pass = new AliasPass(
                    new AliasObserver(kind -> false, new ListedAliases(List.of()), connections, clients,
                            new CutoverObserver(question -> new WebhookAnswer.Unanswered("no webhook")), clock),
                    new AliasActor(new ConnectionView(connections, clients), () -> {}, clock), new Turnstile(1), clock);
        }

        private MilvusConnection connection() {
            MilvusConnection connection = new MilvusConnection();
            connection.setSpec(new MilvusConnectionSpec(milvus.uri(), null, null, null, null, null));
            return connection;
        }

        AliasPass.End pass() {
            return pass.run(subject, true, this);
        }

        @Override
        public boolean write(CollectionAliasStatus status) {
            if (status.equals(subject.status())) {
                return true;
            }
            try {
                beforeWrite();
            } catch (RuntimeException e) {
                throw new Died();
            }
            subject = subject.with(status);
            try {
                afterWrite();
            } catch (RuntimeException e) {
                throw new Died();
            }
            return true;
        }

        @Override
        public void announce(List<Announcement> announcements) {
            // Nobody listens.
        }

        @Override
        public void called(Situation intent, Effect effect, Outcome outcome) {
            if (dead) {
                throw new Died();
            }
        }

        @Override
        public void ended(Situation situation, Step.Outward last) {
            if (dead) {
                throw new Died();
            }
        }

        @Override
        public void close() {
            clients.close();
        }
    }
}
