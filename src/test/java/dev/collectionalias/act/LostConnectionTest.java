package dev.collectionalias.act;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAliasSpec;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.MilvusConnection;
import dev.collectionalias.api.v1alpha1.MilvusConnectionSpec;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.milvus.MilvusConnections;
import dev.collectionalias.milvus.MilvusConnections.Failed;
import dev.collectionalias.milvus.MilvusConnections.Loss;
import dev.collectionalias.milvus.RpcObserver;
import dev.collectionalias.observe.ConnectionView;
import dev.collectionalias.plan.AliasKey;
import dev.collectionalias.plan.Cause;
import dev.collectionalias.plan.ConnectionName;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Requests;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.seen.CollectionState;
import dev.collectionalias.plan.seen.Sight;
import dev.collectionalias.plan.step.Effect;
import dev.collectionalias.plan.step.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connection that is lost between the look and the call: people read why it was lost. */
class LostConnectionTest {

    private static final Effect CREATE = new Effect.Create(new CollectionState("v1", "1", true), Cause.Created);
    private static final Sight SEEN = new Sight.Unclear(new AliasKey("milvus:19530", "default", "products"),
            new Problem(Reason.ServerError, "only its endpoint matters"));

    private final MilvusConnections clients = new MilvusConnections(Clock.systemUTC(), id -> RpcObserver.NONE);
    private final Subject subject = new Subject(new ObjectName("shop", "products"), 1, Instant.EPOCH, Optional.empty(),
            new CollectionAliasSpec("products", "v1", null, null, null, null, null, null, null, null, null, null),
            CollectionAliasStatus.EMPTY, new Requests(Map.of()));

    @AfterEach
    void close() {
        clients.close();
    }

    @Test
    void saysWhyItFailed() {
        clients.fail(ConnectionName.of(subject),
                new Failed(Reason.AuthenticationFailed, "the server refused the credentials", Loss.NONE));

        assertThat(create()).isEqualTo(new Outcome.Failed(
                new Problem(Reason.AuthenticationFailed, "the server refused the credentials")));
    }

    @Test
    void isLookedAtAgainWhereItIsBeingMadeAnew() {
        assertThat(create()).isEqualTo(new Outcome.Interrupted());
    }

    private Outcome create() {
        MilvusConnection connection = new MilvusConnection();
        connection.setSpec(new MilvusConnectionSpec("http://milvus:19530", null, null, null, null, null));
        ConnectionView view = new ConnectionView(name -> Optional.of(connection), clients);
        return new AliasActor(view, () -> {}, Clock.systemUTC()).perform(subject, SEEN, CREATE);
    }
}
