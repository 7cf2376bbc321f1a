package dev.collectionalias.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.collectionalias.api.v1alpha1.Api;
import dev.collectionalias.plan.Request;
import dev.collectionalias.plan.Requests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Argo CD's buttons set is what the operator understands. */
class ArgoCdActionsTest {

    private static final ArgoCdKind ALIAS = ArgoCdKind.named("CollectionAlias");
    private static final String REFRESH = "refresh";

    @Test
    void thereIsAButtonForEachRequest() {
        assertThat(ALIAS.actions()).containsExactlyInAnyOrder(Stream
                .concat(Stream.of(Request.Kind.values()).map(Request.Kind::key), Stream.of(REFRESH))
                .toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource
    void aRequestIsBoundToTheSpecThatIsShown(Request.Kind kind) {
        Request request = new Request(kind, press(kind.key(), kind.annotation(), object("4711")));

        assertThat(request.isBoundTo(7)).as(request.toString()).isTrue();
        assertThat(request.subject()).isEqualTo(switch (kind) {
            case PROMOTE -> Optional.of("products_v2");
            case ROLLBACK -> Optional.of("previous");
            case ABORT, RETRY -> Optional.empty();
        });
    }

    /** Pressed again, since what was asked for was handled without the effect that was hoped for. */
    @ParameterizedTest
    @EnumSource
    void aRequestIsNewEachTime(Request.Kind kind) {
        String handled = press(kind.key(), kind.annotation(), object("4711"));
        String again = press(kind.key(), kind.annotation(), object("4712"));

        assertThat(new Requests(Map.of(kind.annotation(), again)).pending(kind, Map.of(kind.key(), handled)))
                .isPresent();
    }

    @Test
    void aRefreshIsNewEachTime() {
        String handled = press(REFRESH, Api.RECONCILE_REQUESTED_AT, object("4711"));
        String again = press(REFRESH, Api.RECONCILE_REQUESTED_AT, object("4712"));
        Requests requests = new Requests(Map.of(Api.RECONCILE_REQUESTED_AT, again));
        String key = requests.lookHandled().orElseThrow().getKey();

        assertThat(requests.look(Map.of(key, handled))).isTrue();
    }

    private static String press(String action, String annotation, JsonNode object) {
        JsonNode changed = ALIAS.action(action).run(object);
        return changed.get("metadata").get("annotations").get(annotation).asText();
    }

    private static JsonNode object(String resourceVersion) {
        ObjectNode object = ArgoCdKind.read(ALIAS.folder().resolve("testdata/approval-is-awaited.yaml")).deepCopy();
        object.withObject("/metadata").put("generation", 7).put("resourceVersion", resourceVersion);
        return object;
    }
}
