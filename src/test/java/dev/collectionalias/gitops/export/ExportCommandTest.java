package dev.collectionalias.gitops.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.collectionalias.cli.Terminal;
import dev.collectionalias.gitops.GitStage;
import dev.collectionalias.support.Authority;
import dev.collectionalias.support.Command.Outcome;
import dev.collectionalias.support.ConnectProxy;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.SecretLedger;
import dev.collectionalias.support.ServerTls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code export}, and how any command finds its Milvus. */
@Timeout(60)
class ExportCommandTest {

    private final InProcessMilvus milvus = new InProcessMilvus();
    private GitStage stage;

    @BeforeEach
    void start(@TempDir Path directory) {
        milvus.start();
        Stream.of("products_v1", "products_v2").forEach(name -> milvus.state().createCollection("default", name));
        milvus.state().setAlias("default", "products", "products_v1");
        milvus.state().setAlias("default", "Products", "products_v2");
        milvus.state().createDatabase("team_a");
        milvus.state().createCollection("team_a", "items_v1");
        milvus.state().setAlias("team_a", "items", "items_v1");
        milvus.state().setAlias("team_a", "y", "items_v1");
        stage = new GitStage(directory).with(milvus);
    }

    @AfterEach
    void stop() {
        assertThat(milvus.journal().namingTheDefaultDatabase()).isEmpty();
        milvus.close();
    }

    private Outcome succeeds(String... arguments) {
        Outcome outcome = stage.run(arguments);
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        assertThat(milvus.journal().writes()).isEmpty();
        return outcome;
    }

    private String fails(String... arguments) {
        Outcome outcome = stage.run(arguments);
        assertThat(outcome.exitCode()).as(outcome.stdout()).isEqualTo(1);
        assertThat(outcome.stdout()).isEmpty();
        return outcome.stderr();
    }

    @Test
    void writesAManifestForEachAlias() {
        Outcome outcome = succeeds("export");

        assertThat(outcome.stdout()).isEqualTo(GitStage.expected("export.yaml"));
        assertThat(outcome.stderr()).isEmpty();
    }

    @Test
    void writesOneListInJson() {
        assertThat(succeeds("export", "--database", "default", "-o", "json").stdout())
                .isEqualTo(GitStage.expected("export.json"));
    }

    @Test
    void writesATable() {
        assertThat(succeeds("export", "-o", "text").stdout().lines()).containsExactly(
                "NAME                DATABASE   ALIAS      COLLECTION",
                "products-f52029df   default    Products   products_v2",
                "products            default    products   products_v1",
                "team-a-items        team_a     items      items_v1",
                "team-a-y            team_a     y          items_v1");
    }

    @Test
    void looksIntoTheDatabasesThatAreNamed() {
        assertThat(succeeds("export", "-d", "team_a").stdout()).contains("alias: items").doesNotContain("products");
        assertThat(fails("export", "-d", "team_b"))
                .isEqualToIgnoringNewLines("error: listAliases: database not found[database=team_b]");
    }

    @Test
    void refusesWhatNoManifestCouldHaveInCommon() {
        assertThat(fails("export", "-n", "team_a")).startsWith("error: metadata.namespace: Invalid value: \"team_a\"");
        assertThat(fails("export", "--connection", ""))
                .startsWith("error: spec.connectionRef.name: Invalid value: \"\"");
    }

    @Test
    void speaksToNothingThatIsNoAddressOfAServer() {
        assertThat(fails("export", "--uri", "tcp://milvus:19530"))
                .isEqualToIgnoringNewLines("error: uri must begin with http:// or https://");
    }

    @Test
    void namesWhatTheManifestsShallHaveInCommon() {
        assertThat(succeeds("export", "-d", "team_a", "-n", "team-a", "--connection", "shared", "--connection-kind",
                "ClusterMilvusConnection", "--deletion-policy", "Retain").stdout())
                .startsWith("""
                        ---
                        apiVersion: collectionalias.dev/v1alpha1
                        kind: CollectionAlias
                        metadata:
                          name: team-a-items
                          namespace: team-a
                        spec:
                          alias: items
                          collection: items_v1
                          database: team_a
                          connectionRef:
                            kind: ClusterMilvusConnection
                            name: shared
                          deletionPolicy: Retain
                        ---
                        """);
    }

    @Test
    void writesAFileForEachAlias() throws IOException {
        Outcome outcome = succeeds("export", "--output-dir", stage.directory().resolve("aliases").toString());

        assertThat(outcome.stderr()).isEqualToIgnoringNewLines("4 manifests written to aliases");
        assertThat(outcome.stdout()).isEmpty();
        try (Stream<Path> files = Files.list(stage.directory().resolve("aliases"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("products.yaml",
                    "products-f52029df.yaml", "team-a-items.yaml", "team-a-y.yaml");
        }
        assertThat(stage.directory().resolve("aliases/products.yaml")).hasContent("""
                apiVersion: collectionalias.dev/v1alpha1
                kind: CollectionAlias
                metadata:
                  name: products
                spec:
                  alias: products
                  collection: products_v1
                """);
    }

    @Test
    void overwritesNothingUnlessAskedTo() {
        stage.file("products.yaml", "# with gates, written by hand\n");

        assertThat(fails("export", "--output-dir", stage.directory().toString())).isEqualToIgnoringNewLines(
                "error: 1 file is there already, products.yaml the first; --overwrite replaces what is in the way");
        assertThat(stage.directory().resolve("products.yaml")).content().startsWith("# with gates");

        succeeds("export", "--output-dir", stage.directory().toString(), "--overwrite");
        assertThat(stage.directory().resolve("products.yaml")).content().contains("alias: products");
    }

    /** Milvus Lite takes names that Milvus does not. */
    @Test
    void warnsOfWhatItLeavesOut() {
        milvus.state().createDatabase("team-b");
        milvus.state().createCollection("team-b", "things_v1");
        milvus.state().setAlias("team-b", "things", "things_v1");

        Outcome outcome = succeeds("export", "-d", "team_a", "-d", "team-b");

        assertThat(outcome.stderr())
                .startsWith("warning: alias things@team-b is left out: spec.database: Invalid value: "
                        + "\"team-b\": database must begin with a letter")
                .hasLineCount(1);
        assertThat(outcome.stdout()).contains("alias: items\n").doesNotContain("things");
    }

    @Test
    void exportsAnAliasThatOnlyItsCollectionNamesAndSaysSo() {
        milvus.mentions().leaveOutOfLists("products");
        milvus.mentions().rememberInDescription("gone", "products_v2");

        Outcome outcome = succeeds("export");

        assertThat(outcome.stdout()).isEqualTo(GitStage.expected("export.yaml"));
        assertThat(outcome.stderr()).isEqualToIgnoringNewLines("warning: alias products@default is not in the list of "
                + "aliases, but collection products_v1 names it");
    }

    @Test
    void saysWhereItCouldNotLookTwice() {
        milvus.accounts().enableAuthorization();
        milvus.accounts().setPassword("reader", SecretLedger.password("the password of reader"));
        milvus.accounts().setPrivilegesIn("team_a", "reader", "ListAliases", "DescribeAlias");
        stage.file("token", milvus.accounts().token("reader"));

        assertThat(succeeds("export", "--token-file", stage.directory().resolve("token").toString(), "-d", "team_a")
                .stderr())
                .startsWith("warning: aliases of database team_a that listAliases leaves out may be missing: ")
                .contains("ShowCollections").hasLineCount(1);
    }

    @Test
    void tellsHowFarItIsOnATerminalOnly() {
        Outcome outcome = stage.run(new Terminal(true, false), "export");

        assertThat(outcome.stderr()).contains("4 of 4 aliases are read").endsWith("\r\u001b[K");
        assertThat(outcome.stdout()).isEqualTo(GitStage.expected("export.yaml"));
    }

    @Test
    void getsInByATokenOfTheEnvironmentOrOfAFile() {
        milvus.accounts().enableAuthorization();
        succeeds("export");

        stage.without("MILVUS_TOKEN");
        assertThat(fails("export")).startsWith("error: ").contains("missing authorization").hasLineCount(1);

        stage.file("token", milvus.token() + "\n");
        succeeds("export", "--token-file", stage.directory().resolve("token").toString());
    }

    @Test
    void showsNoTokenThatIsWrong() {
        milvus.accounts().enableAuthorization();
        String wrong = SecretLedger.password("a password that is wrong");
        stage.file("token", "root:" + wrong);

        assertThat(fails("export", "--token-file", stage.directory().resolve("token").toString()))
                .startsWith("error: ").doesNotContain(wrong);
    }

    @Test
    void aUserWhoMayNotListDatabasesNamesThem() {
        milvus.accounts().enableAuthorization();
        milvus.accounts().setPassword("reader", SecretLedger.password("the password of reader"));
        milvus.accounts().setPrivilegesIn("team_a", "reader", "ListAliases", "DescribeAlias");
        stage.file("token", milvus.accounts().token("reader"));
        String[] reader = {"--token-file", stage.directory().resolve("token").toString()};

        assertThat(fails("export", reader[0], reader[1])).contains("ListDatabases").hasLineCount(1);
        assertThat(succeeds("export", reader[0], reader[1], "-d", "team_a").stdout()).contains("alias: items\n");
    }

    @Test
    void speaksTlsWithAnAuthorityOfOnesOwn() {
        milvus.close();
        Authority authority = new Authority("milvus");
        InProcessMilvus secured = new InProcessMilvus().with(ServerTls.oneWay(authority.issue("ip:127.0.0.1")));
        secured.start();
        try {
            stage.with(secured).file("ca.crt", authority.certificatePem());

            assertThat(stage.run("export", "--ca-file", stage.directory().resolve("ca.crt").toString()).exitCode())
                    .isZero();
            assertThat(fails("export")).startsWith("error: ").contains("certificate");
        } finally {
            secured.close();
        }
    }

    @Test
    void goesThroughAProxy() {
        String password = SecretLedger.password("the password of a proxy");
        try (ConnectProxy proxy = new ConnectProxy().knows("milvus.invalid:19530", milvus).wants("app", password)) {
            String[] command = {"export", "--uri", "http://milvus.invalid", "--http-proxy",
                    "127.0.0.1:" + proxy.port()};

            assertThat(fails(command)).startsWith("error: milvus.invalid:19530: the proxy 127.0.0.1:" + proxy.port())
                    .contains("407").hasLineCount(1);

            stage.file("proxy-user", "app:" + password + "\n");
            assertThat(succeeds(Stream.concat(Stream.of(command), Stream.of("--http-proxy-user-file",
                    stage.directory().resolve("proxy-user").toString())).toArray(String[]::new)).stdout())
                    .isEqualTo(GitStage.expected("export.yaml"));
        }
    }

    @Test
    void saysWhatIsNoProxy() {
        for (String none : List.of("proxy.example.com", "http://proxy.example.com:3128", "app:secret@proxy:3128",
                "proxy:99999", ":3128")) {
            assertThat(fails("export", "--http-proxy", none)).as(none).isEqualToIgnoringNewLines(
                    "error: --http-proxy must be host:port, such as proxy.example.com:3128");
        }
        stage.file("proxy-user", "app\n");
        String file = stage.directory().resolve("proxy-user").toString();
        assertThat(fails("export", "--http-proxy-user-file", file))
                .isEqualToIgnoringNewLines("error: --http-proxy-user-file needs --http-proxy");
        assertThat(fails("export", "--http-proxy", "proxy:3128", "--http-proxy-user-file", file))
                .endsWith("proxy-user: there is no user:password in it\n");
    }

    @Test
    void saysWhichPortItAssumed() {
        assertThat(fails("export", "--uri", "https://milvus.invalid")).isEqualToIgnoringNewLines(
                "error: milvus.invalid:443: the host can't be looked up; the uri names no port, so that 443 is assumed, "
                        + "as for any https address");
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(stage.without("MILVUS_URI").run("export").stderr()).isEqualToIgnoringNewLines(
                "error: no Milvus is named: give --uri, or set MILVUS_URI");
        assertThat(fails("export", "--uri", "milvus:19530")).startsWith("error: uri ");
        assertThat(fails("export", "--uri", milvus.uri(), "--server-name", "milvus")).isEqualToIgnoringNewLines(
                "error: certificates and --server-name need a uri that begins with https://");
        assertThat(fails("export", "--uri", "http://127.0.0.1:1", "--connect-timeout", "1s"))
                .startsWith("error: 127.0.0.1:1").hasLineCount(1);
        assertThat(stage.run("export", "--databases", "default").exitCode()).isEqualTo(1);
    }

    @Test
    void aNameThatAnotherReaderTakesForSomethingElseIsInQuotes() {
        List.of("null", "no", "On", "True", "_1").forEach(name -> milvus.state().setAlias("default", name,
                "products_v1"));

        assertThat(succeeds("export", "-d", "default").stdout().lines().filter(line -> line.contains(" alias: ")))
                .containsExactly("  alias: 'On'", "  alias: Products", "  alias: 'True'", "  alias: _1",
                        "  alias: 'no'", "  alias: 'null'", "  alias: products");
        assertThat(succeeds("export", "-d", "default").stdout()).contains("  name: '1'");
    }
}
