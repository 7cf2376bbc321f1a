package dev.collectionalias.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.Browser;
import dev.collectionalias.support.CollectionShape;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusStandalone;
import dev.collectionalias.support.OperatorJvm;
import dev.collectionalias.support.ShippedRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** What people see of aliases of a real Milvus, in a real browser. The picture of docs/page.md is taken here. */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageE2E {

    private static final String DATABASE = "default";
    private static final CollectionShape PLAIN = CollectionShape.PLAIN;
    /** docs/page.md has the light one. */
    private static final Path PICTURES = Path.of("target/page");
    private static final int WIDE = 900;
    private static final int NARROW = 360;
    private static final int HIGH = 1300;

    private final MilvusStandalone milvus = new MilvusStandalone();
    private MilvusCollections collections;
    private AliasObjects shop;
    private AliasObjects search;
    private OperatorJvm operator;
    private Browser browser;
    private URI page;

    @BeforeAll
    void start(ControlPlane controlPlane) {
        milvus.start();
        collections = MilvusCollections.of(milvus);
        shop = new AliasObjects(ControlPlaneExtension.namespaceNamed("shop", controlPlane));
        search = new AliasObjects(ControlPlaneExtension.namespaceNamed("search", controlPlane));
        shop.connection("default", "{uri: '%s'}".formatted(milvus.uri()));
        search.connection("default", "{uri: '%s'}".formatted(milvus.uri()));
        operator = OperatorJvm.start(ShippedRole.kubeconfig(controlPlane),
                Map.of("WATCH_NAMESPACES", "shop,search", "LEADER_ELECTION", "false", "PAGE_PORT", "0")).awaitReady();
        page = operator.page().orElseThrow();
        aliases();
        browser = new Browser();
    }

    /** One that is held back after two changes, one that is stuck, one that is well, one that waits for its collection. */
    private void aliases() {
        for (String collection : List.of("products_v1", "products_v2")) {
            searchable(collection, PLAIN, 20);
        }
        searchable("products_v3", PLAIN, 12);
        collections.create(DATABASE, "prices_v2", PLAIN.withDimension(8), 20);
        shop.alias("products", "products_v1");
        shop.alias("prices", "products_v1");
        search.alias("articles", "products_v2");
        search.alias("questions", "questions_v1");
        shop.awaitReady("products", "products_v1");
        shop.point("products", "products_v2");
        shop.awaitReady("products", "products_v2");
        shop.patchSpec("products", "{collection: products_v3, cutover: {gates: {rows: {percentOfActive: 95}}}}");
        shop.awaitReady("prices", "products_v1");
        shop.point("prices", "prices_v2");
        shop.awaitReason("prices", Reason.GatesFailed);
        search.awaitReady("articles", "products_v2");
        search.awaitReason("questions", Reason.CollectionNotFound);
        shop.awaitReason("products", Reason.GatesPending);
    }

    private void searchable(String collection, CollectionShape shape, int rows) {
        collections.create(DATABASE, collection, shape, rows);
        collections.load(DATABASE, collection);
        collections.awaitSearchable(DATABASE, collection);
    }

    @AfterAll
    @SuppressWarnings("try")
    void stop() {
        try (milvus; var third = collections; var second = operator; var first = browser) {
            // Closed in the opposite order, and those only that came up.
        }
    }

    @AfterEach
    void leaveTheAliasesOfTheOtherTests() {
        search.delete("reviews");
        search.awaitGone("reviews");
    }

    @BeforeEach
    void open() {
        browser.preferDark(false);
        browser.resize(WIDE, HIGH);
        browser.open(page);
    }

    private static String item(String namespace, String name) {
        return "[id='%s/%s']".formatted(namespace, name);
    }

    /** At one moment, as the list changes. */
    private List<String> listed() {
        return List.of(((String) browser
                .evaluate("[...document.querySelectorAll('#aliases > li')].map(item => item.id).join(' ')"))
                .split(" "));
    }

    /** A click returns before the next page is there. */
    private void awaitListed(String... ids) {
        AliasObjects.await("these are listed", () -> assertThat(listed()).containsExactly(ids));
    }

    @Test
    void eachAliasIsListedWithWhatItIsAbout() {
        awaitListed("search/articles", "search/questions", "shop/prices", "shop/products");
        assertThat(browser.text("#summary")).contains("4 aliases", "1 Stalled", "2 Reconciling", "1 Ready");
        assertThat(browser.text(item("search", "articles"))).contains("Ready", "InSync:",
                "products_v2, revision 1, since");
        assertThat(browser.text(item("search", "questions"))).contains("Reconciling", "CollectionNotFound:",
                "questions_v1 does not exist");
        assertThat(browser.text(item("shop", "prices"))).contains("Stalled", "Failed",
                "field vector has dimension 8 instead of 4");
    }

    @Test
    void aGateThatWaitsAndTheHistoryAreShown() {
        browser.open(page.resolve("?namespace=shop"));
        browser.find(item("shop", "products") + " .history summary").click();

        assertThat(browser.text(item("shop", "products"))).contains("Candidate products_v3, since",
                "12 rows; 19 needed (95 % of 20 rows)", "History: 2 changes", "products_v1 → products_v2",
                "revision 2, SpecChanged by spec");
        assertThat(browser.findAll(item("shop", "products") + " .gates .Waiting")).singleElement()
                .satisfies(gate -> assertThat(gate.getText()).startsWith("… Waiting"));
        browser.screenshot(PICTURES.resolve("light.png"));
        browser.preferDark(true);
        browser.screenshot(PICTURES.resolve("dark.png"));
    }

    @Test
    void theListIsFilteredAndTheFilterIsAnAddress() {
        browser.find("#namespace").sendKeys("shop");
        browser.find("#state").sendKeys("Stalled");
        browser.find("form button").click();

        awaitListed("shop/prices");
        assertThat(browser.address()).endsWith("/?namespace=shop&state=Stalled&name=");

        browser.open(page.resolve("?namespace=search&name=QUESTIONS"));
        awaitListed("search/questions");
        assertThat(browser.find("#namespace").getDomProperty("value")).isEqualTo("search");

        browser.find("form a").click();
        awaitListed("search/articles", "search/questions", "shop/prices", "shop/products");
        browser.find("#summary .Ready a").click();
        awaitListed("search/articles");
    }

    @Test
    void aSwitchIsSeenWithoutAReload() {
        searchable("reviews_v1", PLAIN, 20);
        searchable("reviews_v2", PLAIN, 5);
        search.alias("reviews", "reviews_v1");
        AliasObjects.await("the new alias is listed",
                () -> assertThat(browser.text(item("search", "reviews"))).contains("✔ Ready",
                        "reviews_v1, revision 1"));
        search.patchSpec("reviews", "{collection: reviews_v2, cutover: {gates: {rows: {min: 10}}}}");
        AliasObjects.await("the gate waits",
                () -> assertThat(browser.text(item("search", "reviews"))).contains("5 rows; 10 needed"));
        String history = item("search", "reviews") + " .history summary";
        browser.evaluate(
                "(document.querySelector(\"%s\").click(), document.querySelector(\"%s\").focus(), window.kept = 1)"
                        .formatted(history, history));

        collections.insert(DATABASE, "reviews_v2", PLAIN, 5, 5);

        AliasObjects.await("the switch is shown", () -> assertThat(browser.text(item("search", "reviews")))
                .contains("✔ Ready", "reviews_v2, revision 2", "reviews_v1 → reviews_v2"));
        assertThat(browser.text("#news")).startsWith("Changed at ").contains("search/reviews");
        assertThat(browser.evaluate("window.kept")).as("it was not loaded anew").isEqualTo(1L);
        assertThat(browser.evaluate("document.activeElement.textContent")).as("where the keyboard is")
                .isEqualTo("History: 2 changes");

        search.delete("reviews");
        AliasObjects.await("it goes from the list", () -> assertThat(listed()).doesNotContain("search/reviews"));
    }

    @Test
    void theUpdatesCanBePaused() {
        browser.find("#pause").click();
        assertThat(browser.text("#live")).startsWith("Paused at ");
        assertThat(browser.find("#pause").getDomAttribute("aria-pressed")).isEqualTo("true");

        browser.find("#pause").click();
        AliasObjects.await("it goes on", () -> assertThat(browser.text("#live")).startsWith("Live. Looked at "));
    }

    @Test
    void nothingKeepsPeopleFromUsingItByLightOrInTheDarkOnAnyScreen() {
        for (boolean dark : List.of(false, true)) {
            for (int width : List.of(WIDE, NARROW)) {
                browser.preferDark(dark);
                browser.resize(width, HIGH);
                browser.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)");
                assertThat(browser.barriers()).as("dark: %s, width: %d", dark, width).isEmpty();
            }
        }
        assertThat(browser.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("what is beyond the edge of a narrow screen").isEqualTo(0L);
    }

    @Test
    void theKeyboardReachesAllAndShowsWhereItIs() {
        browser.find("#name").sendKeys("articles", Keys.ENTER);
        awaitListed("search/articles");

        browser.find("#summary a").sendKeys(Keys.TAB);

        assertThat(browser.evaluate("document.activeElement.textContent")).isEqualTo("History: 1 change");
        assertThat(browser.evaluate("getComputedStyle(document.activeElement).outlineStyle")).isEqualTo("solid");
        browser.find(":focus").sendKeys(Keys.ENTER);
        assertThat(browser.text(".timeline")).contains("Created");
    }

    @Test
    void itIsTheSamePageWithoutScripts() {
        browser.runScripts(false);
        try {
            browser.open(page.resolve("?namespace=shop"));

            awaitListed("shop/prices", "shop/products");
            assertThat(browser.text("#live")).isEqualTo("Reload the page to see what has changed.");
            assertThat(browser.findAll("#pause").getFirst().isDisplayed()).isFalse();
            browser.find("#state").findElement(By.cssSelector("[value=Stalled]")).click();
            browser.find("form button").click();
            awaitListed("shop/prices");
        } finally {
            browser.runScripts(true);
        }
    }

    @Test
    void nothingIsAskedOfAnybodyElse() {
        AliasObjects.await("it has looked again",
                () -> assertThat(browser.text("#live")).startsWith("Live. Looked at "));

        assertThat(browser.requests()).extracting(URI::getPath).contains("/", "/page.css", "/page.js");
        browser.open(page);
        assertThat(browser.requests()).isNotEmpty()
                .allSatisfy(request -> assertThat(request.getAuthority()).isEqualTo(page.getAuthority()));
        assertThat(browser.complaints()).isEmpty();
    }
}
