package dev.collectionalias.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.collectionalias.support.Scrape;
import org.junit.jupiter.api.Test;

class ApiRequestsTest {

    private static ApiRequests requests(String... lines) {
        return ApiRequests.in(Scrape.of(String.join("\n", lines)));
    }

    private static String line(String labels, int count) {
        return "apiserver_request_total{%s} %d".formatted(labels, count);
    }

    @Test
    void requestsAreCountedByWhatTheyAreAbout() {
        assertThat(requests("# TYPE apiserver_request_total counter",
                line("verb=\"PATCH\",resource=\"collectionaliases\",subresource=\"status\",code=\"200\"", 5),
                line("verb=\"PATCH\",resource=\"collectionaliases\",subresource=\"status\",code=\"409\"", 1),
                line("verb=\"WATCH\",resource=\"collectionaliases\",subresource=\"\",code=\"200\"", 9),
                line("verb=\"PUT\",resource=\"leases\",subresource=\"\",code=\"200\"", 9),
                "other{verb=\"PUT\",resource=\"events\",subresource=\"\"} 9").counts())
                .containsExactly(entry("PATCH collectionaliases/status", 6.0));
    }

    @Test
    void theCallsOfTheLoadAreNotTheOperators() {
        String patch = "verb=\"PATCH\",resource=\"collectionaliases\",subresource=\"\",code=\"200\"";
        String event = "verb=\"POST\",resource=\"events\",subresource=\"\",code=\"201\"";
        ApiRequests before = requests(line(patch, 100));
        ApiRequests after = requests(line(patch, 130), line(event, 10));

        assertThat(after.perObjectSince(before, Phase.SWITCH, 10).counts()).containsExactly(
                entry("PATCH collectionaliases", 2.0), entry("POST events", 1.0));
        assertThat(after.perObjectSince(before, Phase.CREATE, 10).counts()).containsEntry("PATCH collectionaliases",
                3.0);
    }

    @Test
    void readsAreNoWrites() {
        String get = "verb=\"GET\",resource=\"collectionaliases\",subresource=\"\",code=\"200\"";
        String status = "verb=\"PUT\",resource=\"milvusconnections\",subresource=\"status\",code=\"409\"";

        assertThat(requests(line(get, 30), line(status, 12)).writesSince(requests(line(get, 10), line(status, 10))))
                .isEqualTo(2);
    }
}
