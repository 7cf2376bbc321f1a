package dev.collectionalias.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser gets, and who gets nothing. */
class PageServerTest {

    private static final String HOSTILE = "<script>alert(1)</script>\\\"' onload=x &amp;";

    private final AtomicReference<Optional<List<Subject>>> aliases = new AtomicReference<>(Optional.of(List.of()));
    private final HttpClient http = HttpClient.newHttpClient();
    private PageServer server;

    @BeforeEach
    void start() throws IOException {
        server = new PageServer(0, aliases::get, new ObjectName("operators", "second-operator"));
    }

    @AfterEach
    void stop() {
        server.close();
        http.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest
                .newBuilder(URI.create("http://localhost:" + server.port()).resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void showsAnAliasWithItsGatesItsHistoryAndItsConditions() throws Exception {
        aliases.set(Optional
                .of(List.of(GivenAliases.of(Files.readString(Path.of("src/test/resources/cli/held.yaml"))))));

        HttpResponse<String> page = get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(words(page.body())).contains("1 alias", "shop/ products … Reconciling",
                "GatesPending: products_v8 is held back",
                "Active products_v7, revision 7, since 28 Jan 2026, 09:00:00 UTC", "Wanted products_v8",
                "Candidate products_v8, since 31 Jan 2026, 11:52:30 UTC",
                "✔ Passed loaded products_v8 is loaded and answers",
                "… Waiting rows 11,020 rows; 11,780 needed (95 % of 12,400 rows)", "History: 3 changes",
                "products_v7 → products_v6 revision 6, RolledBack by rollback, in 12 ms 27 Jan 2026, 16:20:00 UTC",
                "Reconciling True GatesPending");
    }

    @Test
    void nothingThatAnObjectSaysBecomesMarkup() throws Exception {
        aliases.set(Optional.of(List.of(GivenAliases.of("shop", "products",
                "{alias: \"" + HOSTILE + "\", collection: \"" + HOSTILE + "\", database: \"" + HOSTILE + "\"}",
                """
                        {active: {collection: "X", id: "1", revision: 1, since: "2026-01-28T09:00:00Z"},
                        candidate: {collection: "X", since: "2026-01-28T09:00:00Z",
                          gates: [{name: "X", verdict: Failed, message: "X"}]},
                        rejected: {collection: "X", generation: 1, reason: "X", message: "X"},
                        history: [{revision: 1, from: "X", to: "X", time: "2026-01-28T09:00:00Z", cause: "X", requestedBy: "X"}],
                        conditions: [{type: Ready, status: "False", reason: "X", message: "X"}]}
                        """
                        .replace("X", HOSTILE)))));

        String page = get("/?name=%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%27+onload%3Dx").body();

        assertThat(page).contains("value=\"&lt;script>alert(1)&lt;/script>&#34;&#39; onload=x\"");
        assertThat(page.split("<script", -1)).as("its own script alone").hasSize(2);
        assertThat(page.split("&lt;script", -1)).hasSizeGreaterThan(12);
        assertThat(words(page)).contains("<script>alert(1)</script>\"' onload=x &amp;");
    }

    @Test
    void aLongListSaysWhichPartIsShown() throws Exception {
        aliases.set(Optional.of(GivenAliases.many(10_000)));

        String page = get("/?namespace=shop&state=Ready").body();

        assertThat(words(page)).contains("10000 aliases , 1 to 50", "Page 1 of 200 Next page");
        assertThat(page).contains("href=\"?namespace=shop&amp;state=Ready&amp;page=2\"");
        assertThat(page.length()).as("what the browser gets").isLessThan(100_000);
    }

    @Test
    void whoDoesNotLeadSaysWhoDoes() throws Exception {
        aliases.set(Optional.empty());

        HttpResponse<String> page = get("/");

        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(words(page.body())).contains("This pod does not lead",
                "kubectl -n operators get lease second-operator");
    }

    @Test
    void nothingIsSentTwice() throws Exception {
        String tag = get("/").headers().firstValue("ETag").orElseThrow();
        assertThat(get("/", "If-None-Match", tag).statusCode()).isEqualTo(304);

        aliases.set(Optional.of(List.of(GivenAliases.with("shop", "products", ""))));

        assertThat(get("/", "If-None-Match", tag).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"/,text/html; charset=utf-8", "/page.css,text/css; charset=utf-8",
            "/page.js,text/javascript; charset=utf-8", "/icon.svg,image/svg+xml"})
    void aBrowserMayLoadNothingFromElsewhereAndKeepNothing(String path, String type) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains(type);
        assertThat(answer.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(
                policy -> assertThat(policy).startsWith("default-src 'none';").doesNotContain("unsafe", "*", "http"));
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    /** Any page that a browser shows could otherwise have its own name lead here, and read the answer. */
    @ParameterizedTest
    @CsvSource({"localhost,200", "localhost:1234,200", "127.0.0.1:1234,200", "[::1]:1234,200", "example.com,421",
            "localhost.example.com,421", "127.0.0.1.example.com:80,421", "10.0.0.1,421"})
    void isAskedForByANameOfThisMachineAlone(String host, int code) throws IOException {
        assertThat(raw("GET / HTTP/1.1\r\nHost: " + host)).startsWith("HTTP/1.1 " + code);
    }

    @ParameterizedTest
    @CsvSource({"POST /,405", "DELETE /,405", "OPTIONS /,405", "GET /metrics,404", "GET /../pom.xml,404",
            "GET /page.js/,404", "HEAD /,200"})
    void onlyReadsWhatItHas(String request, int code) throws IOException {
        assertThat(raw(request + " HTTP/1.1\r\nHost: localhost")).startsWith("HTTP/1.1 " + code);
    }

    @Test
    void isNotThereForOtherMachines() throws IOException {
        List<InetAddress> others = NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress()).toList();

        assertThat(others).allSatisfy(address -> assertThat(isOpen(address)).as(address.toString()).isFalse());
    }

    private boolean isOpen(InetAddress address) {
        try (Socket socket = new Socket(address, server.port())) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/page.js", "/page.css", "/"})
    void namesNoOtherPlace(String path) throws Exception {
        assertThat(get(path).body()).doesNotContain("http:", "https:", "\"//", "'//");
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write((request + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What is read of a page. */
    private static String words(String html) {
        return html.replaceAll("<[^>]*>", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", "\"")
                .replace("&#39;", "'").replace("&amp;", "&").replaceAll("\\s+", " ");
    }
}
