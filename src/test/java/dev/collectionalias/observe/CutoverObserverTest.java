package dev.collectionalias.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import dev.collectionalias.api.v1alpha1.CollectionAliasSpec;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.api.v1alpha1.Cutover.Gates;
import dev.collectionalias.api.v1alpha1.Cutover.Rows;
import dev.collectionalias.api.v1alpha1.Cutover.Search;
import dev.collectionalias.api.v1alpha1.Cutover.Webhook;
import dev.collectionalias.api.v1alpha1.LoadedPolicy;
import dev.collectionalias.api.v1alpha1.ReplicasPolicy;
import dev.collectionalias.api.v1alpha1.SchemaPolicy;
import dev.collectionalias.milvus.MilvusException;
import dev.collectionalias.milvus.MilvusGateway;
import dev.collectionalias.plan.AliasKey;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Requests;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.seen.AliasTrial;
import dev.collectionalias.plan.seen.CollectionState;
import dev.collectionalias.plan.seen.GateFacts;
import dev.collectionalias.plan.seen.Loading;
import dev.collectionalias.plan.seen.Loading.Stage;
import dev.collectionalias.plan.seen.Need;
import dev.collectionalias.plan.seen.Replicas;
import dev.collectionalias.plan.seen.RowCount;
import dev.collectionalias.plan.seen.Schema;
import dev.collectionalias.plan.seen.SearchTrial;
import dev.collectionalias.plan.seen.WebhookAnswer;
import dev.collectionalias.webhook.WebhookCaller.Phase;
import dev.collectionalias.webhook.WebhookCaller.Question;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

/** A cutover costs the calls of the gates that its spec asks for, and no others. */
class CutoverObserverTest {

    private static final Gates DEFAULTS = Cutover.DEFAULT.gates();
    private static final Search SEARCH = new Search(null, null, null, null, null);
    private static final Gates NOTHING = new Gates(LoadedPolicy.Never, null, SchemaPolicy.Ignore, null, null, null,
            null);
    private static final Webhook WEBHOOK = new Webhook("http://judge.shop.svc/", null);
    private static final Gates WITH_WEBHOOK = new Gates(LoadedPolicy.Never, null, SchemaPolicy.Ignore, null, null,
            WEBHOOK, null);
    private static final CollectionState V1 = new CollectionState("v1", "1", true);
    private static final CollectionState V2 = new CollectionState("v2", "2", true);
    private static final AliasKey KEY = new AliasKey("milvus:19530", "default", "products");

    private Runnable onWebhook = () -> {};
    private final Collection<String> asked = new ConcurrentLinkedQueue<>();
    private final List<Question> questions = new ArrayList<>();
    private final CutoverObserver observer = new CutoverObserver(question -> {
        questions.add(question);
        onWebhook.run();
        return new WebhookAnswer.Answered(200);
    });
    private Loading loading = Loading.SEARCHABLE;
    private Optional<String> pointsAt = Optional.of("v1");
    private Optional<String> id = Optional.of("2");
    private Consumer<String> onEachCall = call -> {};
    private final MilvusGateway gateway = (MilvusGateway) Proxy.newProxyInstance(getClass().getClassLoader(),
            new Class<?>[]{MilvusGateway.class}, (proxy, method, arguments) -> {
                asked.add(method.getName() + " " + arguments[1]);
                onEachCall.accept(method.getName());
                return switch (method.getName()) {
                    case "loading" -> loading;
                    case "schema" -> Optional.of(new Schema(List.of(), false));
                    case "replicas" -> Replicas.NONE;
                    case "rowCount" -> new RowCount(7, true);
                    case "trySearch" -> new SearchTrial.NotYet("");
                    case "tryAlias" -> new AliasTrial.Searched();
                    case "describeAlias" -> pointsAt;
                    case "collectionId" -> id;
                    default -> throw new IllegalStateException(method.getName());
                };
            });

    private GateFacts observe(Gates gates, CollectionState baseline, boolean afterSwitch) {
        return observe(V2, gates, baseline, afterSwitch).orElseThrow();
    }

    private Optional<GateFacts> observe(CollectionState candidate, Gates gates, CollectionState baseline,
            boolean afterSwitch) {
        var cutover = new Cutover(null, gates, null, null, null, null, null, null);
        var spec = new CollectionAliasSpec("products", "v2", null, null, null, null, null, null, null, null, null,
                cutover);
        var status = Serialization.unmarshal(baseline == null
                ? "owned: true"
                : "owned: true\nactive: {collection: v1, id: '1', revision: 4}", CollectionAliasStatus.class);
        var subject = new Subject(new ObjectName("shop", "products"), 1, Instant.EPOCH, Optional.empty(), spec, status,
                new Requests(Map.of()));
        return observer.observe(subject, KEY, gateway,
                new Need.Gates(candidate, Optional.ofNullable(baseline), afterSwitch));
    }

    @Test
    void whereNoGateAsksNothingIsAsked() {
        GateFacts facts = observe(NOTHING, V1, true);

        assertThat(asked).isEmpty();
        assertThat(questions).isEmpty();
        assertThat(facts.candidate().loading()).isEqualTo(Loading.LOADED);
        assertThat(facts.candidate().schema()).isEmpty();
        assertThat(facts.candidate().rows()).isEmpty();
        assertThat(facts.search()).isEmpty();
        assertThat(facts.webhook()).isEmpty();
        assertThat(facts.throughAlias()).isEmpty();
    }

    @Test
    void byDefaultLoadingAndSchemasAreAskedFor() {
        GateFacts facts = observe(DEFAULTS, V1, false);

        assertThat(asked).containsExactlyInAnyOrder("loading v2", "schema v2", "schema v1");
        assertThat(facts.candidate().loading()).isEqualTo(Loading.SEARCHABLE);
        assertThat(facts.baseline().orElseThrow().loading()).isEqualTo(Loading.LOADED);
        assertThat(facts.baseline().orElseThrow().schema()).isPresent();
    }

    @Test
    void replicasAreAskedForOnlyToCompareThem() {
        Gates gates = new Gates(LoadedPolicy.Never, null, SchemaPolicy.Ignore, null, null, null,
                ReplicasPolicy.AtLeastActive);
        observe(gates, null, false);
        assertThat(asked).isEmpty();

        GateFacts facts = observe(gates, V1, false);

        assertThat(asked).containsExactlyInAnyOrder("replicas v1", "replicas v2");
        assertThat(facts.candidate().replicas()).contains(Replicas.NONE);
        assertThat(facts.baseline().orElseThrow().replicas()).contains(Replicas.NONE);
    }

    @Test
    void aBaselineThatIsNotLoadedMayBeLoading() {
        loading = new Loading(Stage.LOADING, 40, "");

        GateFacts facts = observe(DEFAULTS, new CollectionState("v1", "1", false), false);

        assertThat(asked).contains("loading v1");
        assertThat(facts.baseline().orElseThrow().loading()).isEqualTo(loading);
    }

    @Test
    void aNewAliasIsComparedWithNothing() {
        GateFacts facts = observe(new Gates(null, null, null, new Rows(null, 95), SEARCH, null, null), null, false);

        assertThat(asked).isEmpty();
        assertThat(facts.baseline()).isEmpty();
        assertThat(facts.search()).isEmpty();
    }

    @Test
    void aNewAliasCanNeedLoadingAndRows() {
        observe(new Gates(LoadedPolicy.Always, null, null, new Rows(5L, null), null, null, null), null, false);

        assertThat(asked).containsExactlyInAnyOrder("loading v2", "rowCount v2");
    }

    @Test
    void rowsOfTheBaselineAreCountedWhereTheyAreComparedWith() {
        observe(new Gates(LoadedPolicy.Never, null, SchemaPolicy.Ignore, new Rows(5L, null), null, null, null), V1,
                false);
        assertThat(asked).containsExactly("rowCount v2");
        asked.clear();

        observe(new Gates(LoadedPolicy.Never, null, SchemaPolicy.Ignore, new Rows(null, 95), null, null, null), V1,
                false);
        assertThat(asked).containsExactlyInAnyOrder("rowCount v1", "rowCount v2");
    }

    @Test
    void theBaselinesVectorsAreSearched() {
        assertThat(
                observe(new Gates(LoadedPolicy.Never, null, SchemaPolicy.Ignore, null, SEARCH, null, null), V1, false)
                        .search())
                .isPresent();
        assertThat(asked).containsExactly("trySearch v1", "describeAlias products", "collectionId v2");
    }

    @Test
    void afterTheSwitchTheAliasItselfIsAsked() {
        assertThat(observe(DEFAULTS, V1, true).throughAlias()).contains(new AliasTrial.Searched());
        assertThat(asked).contains("tryAlias products");
        asked.clear();

        assertThat(observe(new CollectionState("v2", "2", false), DEFAULTS, V1, true).orElseThrow().throughAlias())
                .contains(new AliasTrial.Unsearchable("the collection behind products is not loaded"));
        assertThat(asked).doesNotContain("tryAlias products");
    }

    @Test
    void whatCanChangeIsAskedOnceTheSlowGatesHaveAnswered() {
        AtomicBoolean judged = new AtomicBoolean();
        onWebhook = () -> judged.set(true);
        List<String> early = new CopyOnWriteArrayList<>();
        onEachCall = call -> {
            if (!judged.get()) {
                early.add(call);
            }
        };

        observe(new Gates(null, null, null, new Rows(5L, 95), null, WEBHOOK, null), V1, false);

        assertThat(early).isEmpty();
        assertThat(asked).containsExactlyInAnyOrder("describeAlias products", "collectionId v2", "loading v2",
                "schema v1", "schema v2", "rowCount v1", "rowCount v2");
    }

    @Test
    void aCandidateThatIsAnotherCollectionByThenIsNoneThatTheSlowGatesJudged() {
        onWebhook = () -> id = Optional.of("3");

        assertThat(observe(V2, WITH_WEBHOOK, V1, false)).isEmpty();

        onWebhook = () -> id = Optional.empty();
        assertThat(observe(V2, WITH_WEBHOOK, V1, false)).isEmpty();
        assertThat(asked).containsOnly("describeAlias products", "collectionId v2");
    }

    @Test
    void anAliasThatSomebodyMovedMeanwhileIsNotTheOneThatWasSeen() {
        onWebhook = () -> pointsAt = Optional.of("v7");

        assertThat(observe(V2, WITH_WEBHOOK, V1, false)).isEmpty();
        assertThat(observe(V2, WITH_WEBHOOK, null, false)).isEmpty();
        assertThat(observe(V2, WITH_WEBHOOK, V1, true)).isEmpty();

        onWebhook = () -> pointsAt = Optional.of("v2");
        assertThat(observe(V2, WITH_WEBHOOK, V1, true)).isPresent();
        onWebhook = () -> pointsAt = Optional.empty();
        assertThat(observe(V2, WITH_WEBHOOK, null, false)).isPresent();
    }

    @Test
    void aWebhookIsToldWhatIsGoingOn() {
        assertThat(observe(WITH_WEBHOOK, V1, false).webhook()).contains(new WebhookAnswer.Answered(200));
        pointsAt = Optional.of("v2");
        observe(WITH_WEBHOOK, V1, true);
        pointsAt = Optional.empty();
        observe(WITH_WEBHOOK, null, false);

        assertThat(questions).containsExactly(question(Phase.Checking, "v1", 5), question(Phase.Verifying, "v1", 4),
                question(Phase.Checking, null, 1));
    }

    private static Question question(Phase phase, String from, int revision) {
        return new Question("http://judge.shop.svc/", Duration.ofSeconds(10),
                new ObjectName("shop", "products"), phase, from, "v2", revision);
    }

    @Test
    void aServerThatDoesNotAnswerIsNoFact() {
        MilvusGateway broken = (MilvusGateway) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[]{MilvusGateway.class}, (proxy, method, arguments) -> {
                    throw new MilvusException(MilvusException.Kind.UNAVAILABLE, "no answer", null);
                });
        Subject subject = new Subject(new ObjectName("shop", "products"), 1, Instant.EPOCH, Optional.empty(),
                new CollectionAliasSpec("products", "v2", null, null, null, null, null, null, null, null, null, null),
                CollectionAliasStatus.EMPTY, new Requests(Map.of()));

        assertThatThrownBy(() -> observer.observe(subject, KEY, broken,
                new Need.Gates(V2, Optional.of(V1), false)))
                .isInstanceOf(MilvusException.class).hasMessage("no answer");
    }
}
