package dev.collectionalias.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.milvus.grpc.AlterAliasRequest;
import io.milvus.grpc.ConnectRequest;
import io.milvus.grpc.DescribeAliasRequest;
import io.milvus.grpc.GetVersionRequest;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.grpc.MilvusServiceGrpc.MilvusServiceBlockingStub;
import io.milvus.shaded.io.grpc.ManagedChannel;
import io.milvus.shaded.io.grpc.Status;
import io.milvus.shaded.io.grpc.StatusRuntimeException;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The double goes wrong as it is told, and says what it was asked. */
@SuppressWarnings("deprecation") // the old codes, which servers send and clients read
class InProcessMilvusIT {

    private static final String DB = MilvusState.DEFAULT_DATABASE;
    private static final AlterAliasRequest ALTER = AlterAliasRequest.newBuilder().setAlias("products")
            .setCollectionName("products_v2").build();
    private static final DescribeAliasRequest DESCRIBE = DescribeAliasRequest.newBuilder().setAlias("products").build();

    private InProcessMilvus milvus = new InProcessMilvus();
    private ManagedChannel channel;

    @BeforeEach
    void start() {
        start(milvus);
    }

    private void start(InProcessMilvus server) {
        milvus = server;
        milvus.start();
        milvus.state().createCollection(DB, "products_v1");
        milvus.state().createCollection(DB, "products_v2");
        milvus.state().setAlias(DB, "products", "products_v1");
        channel = NettyChannelBuilder.forAddress("127.0.0.1", URI.create(milvus.uri()).getPort()).usePlaintext()
                .build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        milvus.close();
    }

    private MilvusServiceBlockingStub stub() {
        return MilvusServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    private String target() {
        return milvus.state().target(DB, "products").orElseThrow();
    }

    @Test
    void failsAsOftenAsItIsTold() {
        milvus.faults().on(Rpc.ALTER_ALIAS).times(2).fail(65535, "etcd is gone");

        assertThat(stub().alterAlias(ALTER).getCode()).isEqualTo(65535);
        assertThat(stub().alterAlias(ALTER).getReason()).isEqualTo("etcd is gone");
        assertThat(target()).isEqualTo("products_v1");
        assertThat(stub().alterAlias(ALTER).getCode()).isZero();
        assertThat(target()).isEqualTo("products_v2");
    }

    @Test
    void failsCallsWhoseAnswerHasAStatusInIt() {
        milvus.faults().on(Rpc.DESCRIBE_ALIAS).fail(8, "rate limit exceeded");

        assertThat(stub().describeAlias(DESCRIBE).getStatus().getCode()).isEqualTo(8);

        milvus.faults().clear();
        assertThat(stub().describeAlias(DESCRIBE).getCollection()).isEqualTo("products_v1");
    }

    @Test
    void losesAnAnswerAfterTheChange() {
        milvus.faults().on(Rpc.ALTER_ALIAS).times(1).loseAnswer();

        assertThatThrownBy(() -> stub().alterAlias(ALTER)).isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("UNAVAILABLE");
        assertThat(target()).isEqualTo("products_v2");
    }

    @Test
    void hangsUntilItIsReleased() {
        Faults.Hang hang = milvus.faults().on(Rpc.ALTER_ALIAS).hang();
        CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(() -> stub().alterAlias(ALTER).getCode());
        hang.awaitCall();
        assertThat(target()).isEqualTo("products_v1");
        assertThat(answer).isNotDone();

        hang.close();

        assertThat(answer).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(0);
    }

    @Test
    void runsHooksOnEitherSideOfTheChange() {
        StringBuilder seen = new StringBuilder();
        milvus.faults().on(Rpc.ALTER_ALIAS).before(() -> seen.append("before: ").append(target()));
        milvus.faults().on(Rpc.ALTER_ALIAS).after(() -> seen.append(", after: ").append(target()));

        stub().alterAlias(ALTER);

        assertThat(seen).hasToString("before: products_v1, after: products_v2");
    }

    @Test
    void refusesConnectionsAndAcceptsThemAgain() {
        stub().describeAlias(DESCRIBE);
        milvus.refuseConnections();
        assertThatThrownBy(() -> stub().describeAlias(DESCRIBE)).isInstanceOfSatisfying(StatusRuntimeException.class,
                e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));

        milvus.acceptConnections();

        assertThat(stub().withWaitForReady().describeAlias(DESCRIBE).getCollection()).isEqualTo("products_v1");
    }

    @Test
    void keepsAJournalOfWhatItWasAsked() {
        stub().describeAlias(DESCRIBE);
        stub().alterAlias(ALTER);

        assertThat(milvus.journal().all())
                .hasToString("[DESCRIBE_ALIAS products, ALTER_ALIAS products -> products_v2]");
        assertThat(milvus.journal().aliasWrites()).hasSize(1);
    }

    @Test
    void saysAnotherVersionWhileItRuns() {
        milvus.setVersion("v3.1.0");

        assertThat(stub().getVersion(GetVersionRequest.getDefaultInstance()).getVersion()).isEqualTo("v3.1.0");
        assertThat(stub().connect(ConnectRequest.getDefaultInstance()).getServerInfo().getBuildTags())
                .isEqualTo("v3.1.0");
    }

    @Test
    void anOldOneKnowsNeitherNumericCodesNorDescribeAlias() {
        stop();
        start(new InProcessMilvus("v2.2.9"));

        assertThat(stub().alterAlias(ALTER.toBuilder().setCollectionName("missing").build())).satisfies(status -> {
            assertThat(status.getCode()).isZero();
            assertThat(status.getErrorCode()).isEqualTo(io.milvus.grpc.ErrorCode.CollectionNotExists);
        });
        assertThatThrownBy(() -> stub().describeAlias(DESCRIBE)).hasMessageContaining("UNIMPLEMENTED");
    }
}
