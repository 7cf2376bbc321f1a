package dev.collectionalias.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import dev.collectionalias.api.v1alpha1.Api;
import org.junit.jupiter.api.Test;

/** Annotations may have 256 KiB, which a status and its history must not take over. */
class RequestsTest {

    private static final String LONG = "previous@7#" + "\ud83d\ude00".repeat(100_000);

    @Test
    void whatIsTooLongIsForNoGenerationAndRememberedInPart() {
        Request request = new Requests(Map.of(Api.ROLLBACK, LONG)).pending(Request.Kind.ROLLBACK, Map.of())
                .orElseThrow();

        assertThat(request.isTooLong()).isTrue();
        assertThat(request.isBoundTo(7)).isFalse();
        assertThat(request.value()).hasSizeLessThan(520);
        assertThat(request.toString()).hasSizeLessThan(320);
    }

    @Test
    void whatIsRememberedInPartIsHandledNonetheless() {
        Requests requests = new Requests(Map.of(Api.ROLLBACK, LONG, Api.RECONCILE_REQUESTED_AT, LONG));
        String remembered = requests.pending(Request.Kind.ROLLBACK, Map.of()).orElseThrow().value();

        assertThat(requests.pending(Request.Kind.ROLLBACK, Map.of(Request.Kind.ROLLBACK.key(), remembered))).isEmpty();
        assertThat(requests.look(Map.ofEntries(requests.lookHandled().orElseThrow()))).isFalse();
    }

    @Test
    void aRequestIsShownOnOneLine() {
        assertThat(new Request(Request.Kind.ABORT, "1#\nsecond")).hasToString("abort \"1# second\"");
    }
}
