package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.Authority;
import dev.collectionalias.support.Authority.Identity;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.OperatorExtension;
import dev.collectionalias.support.SecretLedger;
import dev.collectionalias.support.ServerTls;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Certificates and passwords are replaced while aliases are being switched: the operator goes on with the new ones,
 * nothing fails that is tried once more, and of the clients before nothing stays open.
 */
@ExtendWith(ControlPlaneExtension.class)
class RotationIT {

    private static final int ALIASES = 8;
    private static final int ROTATIONS = 5;
    private static final Set<String> UNDER_WAY = Set.of(Reason.InSync.name(), Reason.GatesPending.name(),
            Reason.AliasCreated.name(), Reason.Switched.name());

    @RegisterExtension
    final OperatorExtension operator = new OperatorExtension();

    private final Authority authority = new Authority("authority");
    private final Map<String, List<String>> failures = new ConcurrentHashMap<>();
    private final AtomicInteger switches = new AtomicInteger();
    private final ExecutorService users = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> work = new ArrayList<>();
    private volatile boolean enough;
    private AliasObjects objects;
    private InProcessMilvus milvus;
    private SharedIndexInformer<CollectionAlias> watch;

    @BeforeEach
    void aliasesThatAreSwitchedAllTheTime() {
        objects = operator.objects();
        milvus = new InProcessMilvus()
                .with(ServerTls.mutual(authority.issue("ip:127.0.0.1"), authority));
        for (String collection : List.of("v1", "v2")) {
            milvus.state().createCollection("default", collection);
            milvus.state().load("default", collection);
        }
        milvus.accounts().enableAuthorization();
        milvus.start();
        objects.secret("milvus", "token", milvus.token());
        objects.secret("ca", "ca.crt", authority.certificatePem());
        show(authority.issue("dns:client"));
        objects.connection("secured", """
                {uri: '%s', auth: {secretRef: {name: milvus}}, timeouts: {connect: 5s, rpc: 5s},
                 tls: {caRef: {name: ca}, clientCertSecretRef: {name: mtls}}}""".formatted(milvus.uri()));
        for (String alias : aliases()) {
            objects.aliasWith(alias, "{alias: %s, collection: v1, connectionRef: {name: secured}}".formatted(alias));
        }
        aliases().forEach(alias -> objects.awaitReady(alias, "v1"));
        watch = operator.namespace().client().resources(CollectionAlias.class).inform(new Failures());
        aliases().forEach(alias -> work.add(users.submit(() -> switchAllTheTime(alias))));
    }

    @AfterEach
    void stop() {
        enough = true;
        users.close();
        watch.close();
        milvus.close();
    }

    @Test
    void clientCertificates() throws Exception {
        for (int i = 0; i < ROTATIONS; i++) {
            Identity next = authority.issue("dns:client");
            show(next);
            awaitOnlyConnection(next);
        }

        finishWork();
        assertThat(failures).isEmpty();
    }

    @Test
    void authorities() throws Exception {
        Authority before = authority;
        for (int i = 0; i < ROTATIONS; i++) {
            Authority next = new Authority("authority-" + i);
            int first = milvus.connectionsMade();
            objects.secret("ca", "ca.crt", before.certificatePem() + next.certificatePem());
            awaitNewConnection(first);

            milvus.with(ServerTls.mutual(next.issue("ip:127.0.0.1"), authority));

            int second = milvus.connectionsMade();
            objects.secret("ca", "ca.crt", next.certificatePem());
            awaitNewConnection(second);
            before = next;
        }

        finishWork();
        assertThat(failures).isEmpty();
    }

    /** A Milvus has one password at a time, so that in between calls are refused; each alias may notice it once. */
    @Test
    void passwords() throws Exception {
        for (int i = 0; i < ROTATIONS; i++) {
            int before = milvus.connectionsMade();
            milvus.accounts().setPassword("root", SecretLedger.password("the password of rotation " + i));
            objects.secret("milvus", "token", milvus.token());
            awaitNewConnection(before);
            aliases().forEach(alias -> AliasObjects.await(alias + " has got over it", () -> assertThat(
                    objects.condition(alias, ConditionType.Stalled)).isEmpty()));
        }

        finishWork();
        assertThat(failures.values()).allSatisfy(of -> assertThat(of).hasSizeLessThanOrEqualTo(ROTATIONS)
                .containsOnly(Reason.AuthenticationFailed.name()));
    }

    private void show(Identity identity) {
        objects.tlsSecret("mtls", Map.of("tls.crt", identity.certificatePem(), "tls.key", identity.keyPem()));
    }

    private static List<String> aliases() {
        return IntStream.range(0, ALIASES).mapToObj(number -> "alias" + number).toList();
    }

    private void switchAllTheTime(String alias) {
        for (int i = 0; !enough; i++) {
            String target = i % 2 == 0 ? "v2" : "v1";
            objects.point(alias, target);
            objects.awaitReady(alias, target);
            switches.incrementAndGet();
        }
    }

    private void awaitOnlyConnection(Identity of) {
        AliasObjects.await("the only client is the new one", () -> assertThat(milvus.openConnections())
                .containsExactly(of.certificate().getSubjectX500Principal().getName()));
        awaitSwitches();
    }

    private void awaitNewConnection(int before) {
        // The operator looks first, and connects then.
        AliasObjects.await("the only client is a new one", () -> {
            assertThat(milvus.connectionsMade()).isGreaterThanOrEqualTo(before + 2);
            assertThat(milvus.openConnections()).hasSize(1);
        });
        awaitSwitches();
    }

    /** So that each client is used before it is replaced. */
    private void awaitSwitches() {
        int before = switches.get();
        AliasObjects.await("aliases are switched", () -> assertThat(switches).hasValueGreaterThan(before + ALIASES));
    }

    private void finishWork() throws Exception {
        enough = true;
        for (Future<?> user : work) {
            user.get(1, TimeUnit.MINUTES);
        }
        assertThat(milvus.openConnections()).hasSize(1);
    }

    /** What each alias says of itself from status to status, where it is not what a switch brings with it. */
    private final class Failures implements ResourceEventHandler<CollectionAlias> {
        private final Map<String, String> last = new ConcurrentHashMap<>();

        @Override
        public void onAdd(CollectionAlias alias) {
            onUpdate(alias, alias);
        }

        @Override
        public void onUpdate(CollectionAlias before, CollectionAlias now) {
            now.getStatus().conditions().stream().filter(condition -> condition.type().equals("Ready"))
                    .forEach(ready -> note(now.getMetadata().getName(), ready.reason()));
        }

        private void note(String alias, String reason) {
            if (!reason.equals(last.put(alias, reason)) && !UNDER_WAY.contains(reason)) {
                failures.computeIfAbsent(alias, first -> new ArrayList<>()).add(reason);
            }
        }

        @Override
        public void onDelete(CollectionAlias alias, boolean finalStateUnknown) {}
    }
}
