package dev.collectionalias.gitops.server;

import static java.lang.String.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.KubernetesDuration;
import dev.collectionalias.cli.Failure;
import dev.collectionalias.milvus.ConnectionSettings;
import dev.collectionalias.milvus.net.Credentials;
import dev.collectionalias.milvus.net.Endpoint;
import dev.collectionalias.milvus.net.HttpProxy;
import dev.collectionalias.milvus.tls.ClientCertificate;
import dev.collectionalias.milvus.tls.Pem;
import dev.collectionalias.milvus.tls.Tls;
import picocli.CommandLine.Option;

/**
 * The options that say which Milvus to use and how to get in, as in a MilvusConnection. Secrets come from files and the
 * environment only.
 */
public final class MilvusTarget {

    private static final Pattern PROXY = Pattern.compile("[^/@]+:[0-9]{1,5}");
    private static final String URI_VARIABLE = "MILVUS_URI";
    private static final String TOKEN_VARIABLE = "MILVUS_TOKEN";

    @Option(names = "--uri", paramLabel = "URI", description = "The server, http://host:port or https://host:port; the port is 443 for https and 19530 for http if absent. Default: $$MILVUS_URI.")
    private String uri;

    @Option(names = "--token-file", paramLabel = "FILE", description = "A file with the token, or with user:password. Default: what is in $$MILVUS_TOKEN, if it is set.")
    private Path tokenFile;

    @Option(names = "--ca-file", paramLabel = "FILE", description = "The certificate authorities that may have signed the server's certificate, in PEM. Default: those of the Java runtime.")
    private Path caFile;

    @Option(names = "--client-cert-file", paramLabel = "FILE", description = "A client certificate in PEM, intermediate ones behind it.")
    private Path clientCertFile;

    @Option(names = "--client-key-file", paramLabel = "FILE", description = "Its private key in PEM.")
    private Path clientKeyFile;

    @Option(names = "--server-name", paramLabel = "NAME", description = "The name that the server's certificate has to be for. Default: the host of the address.")
    private String serverName;

    @Option(names = "--http-proxy", paramLabel = "HOST:PORT", description = "The HTTP proxy to connect through, by CONNECT. Default: none, whatever HTTPS_PROXY says.")
    private String httpProxy;

    @Option(names = "--http-proxy-user-file", paramLabel = "FILE", description = "A file with the user for the proxy, user:password. Default: no user.")
    private Path httpProxyUserFile;

    @Option(names = "--connect-timeout", paramLabel = "DURATION", defaultValue = "5s", description = "How long connecting may take. Default: 5s.")
    private KubernetesDuration connectTimeout;

    @Option(names = "--rpc-timeout", paramLabel = "DURATION", defaultValue = "10s", description = "How long one call may take. Default: 10s.")
    private KubernetesDuration rpcTimeout;

    /** @throws Failure if the settings are missing or wrong */
    public ConnectionSettings settings(Map<String, String> environment) {
        String server = Optional.ofNullable(uri).or(() -> variable(environment, URI_VARIABLE))
                .orElseThrow(() -> new Failure("no Milvus is named: give --uri, or set " + URI_VARIABLE));
        ConnectionSettings settings;
        try {
            settings = ConnectionSettings.of(server, credentials(environment), connectTimeout.value(),
                    rpcTimeout.value());
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage(), e);
        }
        Optional<HttpProxy> proxy = proxy();
        settings = proxy.map(settings::through).orElse(settings);
        if (!wantsTls()) {
            return settings;
        }
        if (settings.tls().isEmpty()) {
            throw new Failure("certificates and --server-name need a uri that begins with https://");
        }
        return settings.with(tls());
    }

    private Credentials credentials(Map<String, String> environment) {
        return Optional.ofNullable(tokenFile).map(MilvusTarget::text).or(() -> variable(environment, TOKEN_VARIABLE))
                .map(MilvusTarget::withoutLineBreak).map(Credentials::new).orElse(Credentials.NONE);
    }

    private Optional<HttpProxy> proxy() {
        if (httpProxy == null) {
            if (httpProxyUserFile != null) {
                throw new Failure("--http-proxy-user-file needs --http-proxy");
            }
            return Optional.empty();
        }
        Endpoint address = PROXY.matcher(httpProxy).matches()
                ? Endpoint.find("http://" + httpProxy).orElse(null)
                : null;
        if (address == null) {
            throw new Failure("--http-proxy must be host:port, such as proxy.example.com:3128");
        }
        return Optional.of(new HttpProxy(address, httpProxyUserFile == null ? Credentials.NONE : proxyUser()));
    }

    private Credentials proxyUser() {
        String[] user = withoutLineBreak(text(httpProxyUserFile)).split(":", 2);
        if (user.length < 2 || user[0].isEmpty()) {
            throw new Failure(format("%s: there is no user:password in it", httpProxyUserFile));
        }
        return HttpProxy.user(user[0], user[1]);
    }

    private boolean wantsTls() {
        return Stream.of(caFile, clientCertFile, clientKeyFile, serverName).anyMatch(given -> given != null);
    }

    private Tls tls() {
        return new Tls(caFile == null ? List.of() : pem(caFile, () -> Pem.certificates(text(caFile))),
                clientCertificate(), Optional.ofNullable(serverName));
    }

    private Optional<ClientCertificate> clientCertificate() {
        if (clientCertFile == null && clientKeyFile == null) {
            return Optional.empty();
        }
        if (clientCertFile == null || clientKeyFile == null) {
            throw new Failure("a client certificate needs both --client-cert-file and --client-key-file");
        }
        return Optional
                .of(pem(clientCertFile, () -> ClientCertificate.of(text(clientCertFile), text(clientKeyFile))));
    }

    private static <T> T pem(Path file, Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            throw new Failure(format("%s: %s", file, e.getMessage()), e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new Failure(format("%s can't be read", file), e);
        }
    }

    /** An editor puts a line break at the end of a file. */
    private static String withoutLineBreak(String text) {
        return text.replaceFirst("\\R$", "");
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }
}
