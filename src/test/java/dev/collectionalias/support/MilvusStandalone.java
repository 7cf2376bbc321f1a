package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Milvus 2.3.5, a full standalone server with etcd inside: it checks every name and privilege, and loses aliases that
 * begin with a dropped one's name when it is restarted.
 *
 * <p>The Python package brings the server; it runs without the package's launcher, which fixes two of the ports and
 * starts a second process.
 */
public final class MilvusStandalone implements MilvusServer {

    private static final String VERSION = "2.3.5";
    /** A killed server that is started again takes no change before its old session has expired; 30 s by default. */
    private static final Duration SHORT_SESSIONS = Duration.ofSeconds(5);
    private static final String UNPACK = """
            import sys, milvus
            milvus._initialize_data_files(sys.argv[1])
            """;
    private static final String CONFIGURE = """
            import sys, milvus
            settings = dict(argument.split('=', 1) for argument in sys.argv[1:])
            config = milvus.MilvusServerConfig(**settings)
            config.set('authorization_enabled', settings['authorization'] == 'true')
            config.set('tls_mode', int(settings['tls']))
            config.resolve()
            """;
    private static final List<String> PORTS = List.of("proxy_internal_port", "root_coord_port", "query_coord_port",
            "query_node_port", "index_coord_port", "index_node_port", "data_coord_port", "data_node_port");

    private static final String TOKEN_OF_A_NEW_SERVER = "root:Milvus";

    private final boolean authorization;
    private final Optional<ServerTls> tls;
    private final Duration sessions;
    private final int port = FreePorts.next();
    private final int healthPort = FreePorts.next();
    private final Path directory = Directories.fresh("milvus-standalone");
    private final Path log = directory.resolveSibling("logs").resolve(directory.getFileName() + ".log");
    private String rootToken = TOKEN_OF_A_NEW_SERVER;
    private boolean configured;
    private ServerProcess process;

    public MilvusStandalone() {
        this(false, Optional.empty(), SHORT_SESSIONS);
    }

    private MilvusStandalone(boolean authorization, Optional<ServerTls> tls, Duration sessions) {
        this.authorization = authorization;
        this.tls = tls;
        this.sessions = sessions;
    }

    /** One that outlives being frozen for less than that; one that was frozen for longer ends by itself. */
    public static MilvusStandalone withSessionsOf(Duration sessions) {
        return new MilvusStandalone(false, Optional.empty(), sessions);
    }

    /** One that asks for a user name and a password. */
    public static MilvusStandalone withAuthorization() {
        return new MilvusStandalone(true, Optional.empty(), SHORT_SESSIONS);
    }

    /** One that speaks TLS, and asks for a password too. */
    public static MilvusStandalone with(ServerTls tls) {
        return new MilvusStandalone(true, Optional.of(tls), SHORT_SESSIONS);
    }

    @Override
    public String name() {
        return "Milvus " + VERSION;
    }

    @Override
    public String uri() {
        return (tls.isPresent() ? "https" : "http") + "://127.0.0.1:" + port;
    }

    @Override
    public String token() {
        return authorization ? rootToken : "";
    }

    @Override
    public void start() {
        PythonEnvironment python = PythonEnvironment.with("milvus", MilvusStandalone::unpack, "milvus==" + VERSION,
                "setuptools<70");
        if (!configured) {
            configure(python);
            configured = true;
        }
        String binaries = python.directory().resolve("server/bin").toString();
        Map<String, String> environment = Map.of("DEPLOY_MODE", "STANDALONE", "METRICS_PORT",
                Integer.toString(healthPort), "MILVUS_RUN_DIR", directory.resolve("run").toString(),
                "ETCD_CONFIG_PATH", directory.resolve("etcd.yaml").toString(), "LD_LIBRARY_PATH", binaries,
                "COMMON_SESSION_TTL", Long.toString(sessions.toSeconds()));
        process = ServerProcess.start(name(), List.of(binaries + "/milvus", "run", "standalone"), directory,
                environment, log);
        process.awaitReady(() -> MilvusProbe.takesChanges(port, tls, rootToken));
        if (authorization && rootToken.equals(TOKEN_OF_A_NEW_SERVER)) {
            String password = SecretLedger.password("the password of root");
            MilvusProbe.setPassword(port, tls, rootToken, password);
            rootToken = "root:" + password;
        }
    }

    @Override
    public void kill() {
        if (process != null) {
            process.close();
        }
    }

    /** It does not run any more, but its connections stay open: nothing is refused, and nothing answered. */
    public void freeze() {
        process.signal("STOP");
    }

    public void thaw() {
        process.signal("CONT");
    }

    @Override
    public void close() {
        kill();
        Directories.delete(directory);
    }

    private static void unpack(PythonEnvironment environment) {
        Command.of(environment.binary("python"), "-c", UNPACK, environment.directory().resolve("server").toString())
                .runOrFail();
    }

    private Path file(String name, String text) {
        try {
            return Files.writeString(directory.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void configure(PythonEnvironment python) {
        int etcdPort = FreePorts.next();
        ArrayList<String> command = new ArrayList<>(
                List.of(python.binary("python"), "-c", CONFIGURE, "data_dir=" + directory, "etcd_port=" + etcdPort,
                        "proxy_port=" + port, "authorization=" + authorization,
                        "tls=" + tls.map(wanted -> wanted.clients() == null ? 1 : 2).orElse(0)));
        tls.ifPresent(wanted -> {
            command.add("server_pem_path=" + file("server.pem", wanted.identity().certificatePem()));
            command.add("server_key_path=" + file("server.key", wanted.identity().keyPem()));
            command.add("ca_pem_path="
                    + file("ca.pem", wanted.clients() == null ? "" : wanted.clients().certificatePem()));
        });
        PORTS.forEach(name -> command.add(name + "=" + FreePorts.next()));
        Command.of(command.toArray(String[]::new)).in(directory).runOrFail();
        String client = "http://127.0.0.1:" + etcdPort;
        String peer = "http://127.0.0.1:" + FreePorts.next();
        try {
            Files.writeString(directory.resolve("etcd.yaml"), """
                    listen-client-urls: %1$s
                    advertise-client-urls: %1$s
                    listen-peer-urls: %2$s
                    initial-advertise-peer-urls: %2$s
                    initial-cluster: default=%2$s
                    unsafe-no-fsync: true
                    """.formatted(client, peer));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
