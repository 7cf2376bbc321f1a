package dev.collectionalias.milvus.tls;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

import dev.collectionalias.plan.OneLine;

/**
 * One handshake that finds out why TLS fails: which side did not accept the other's certificate, and why. The Java runtime
 * words the cause for its own authors, and the SDK reports DEADLINE_EXCEEDED only.
 */
public final class TlsHandshake {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;
    private static final int MOST_NAMES = 3;
    private static final int LONGEST_TEXT = 300;
    private static final String ALERT = "Received fatal alert: ";
    private static final Pattern OTHER_NAME = Pattern.compile("\\bNo (subject alternative|name matching)");

    private final Tls tls;
    private final String name;
    private final int port;
    private final Presented presented;
    private final Asked asked;

    /** @param host without brackets if it is an IPv6 address */
    public TlsHandshake(String host, int port, Tls tls) {
        this.tls = tls;
        this.name = tls.serverName().orElse(host);
        this.port = port;
        this.presented = new Presented(TlsMaterial.trust(tls));
        this.asked = new Asked(tls.clientCertificate().map(TlsMaterial::identity));
    }

    /**
     * Runs once this side has finished the handshake. With TLS 1.3, a server judges the client's certificate only after that.
     */
    @FunctionalInterface
    public interface Talk {
        void over(Socket socket) throws IOException;
    }

    public void run(Socket plain, Talk talk) throws IOException {
        try (SSLSocket socket = open(plain)) {
            socket.startHandshake();
            talk.over(socket);
        } catch (SSLException e) {
            throw explain(e);
        } catch (SocketException | EOFException e) {
            if (!asked.forACertificate) {
                throw e;
            }
            // A server may close so fast that its alert is lost.
            throw new HandshakeException("the TLS handshake failed: " + refusal(""), e);
        }
    }

    /** Whether the server has shown its certificate, even if the handshake failed later. */
    public boolean wasShownACertificate() {
        return presented.leaf().isPresent();
    }

    private SSLSocket open(Socket plain) throws IOException {
        SSLContext context;
        try {
            context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[]{asked}, new TrustManager[]{presented}, null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, name, port, false);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(new String[]{"h2"});
        socket.setSSLParameters(parameters);
        return socket;
    }

    private HandshakeException explain(SSLException failure) {
        String words = String.valueOf(failure.getMessage());
        if (words.contains("Unsupported or unrecognized SSL message")) {
            return new HandshakeException("it does not speak TLS", "use http:// if that is intended",
                    failure);
        }
        return new HandshakeException("the TLS handshake failed: " + cause(failure, words), failure);
    }

    private String cause(SSLException failure, String words) {
        if (has(failure, CertificateExpiredException.class)) {
            return "the server's certificate has expired" + presented.leaf().filter(leaf -> !isValidNow(leaf))
                    .map(leaf -> ", on " + leaf.getNotAfter().toInstant()).orElse("");
        }
        if (has(failure, CertificateNotYetValidException.class)) {
            return "the server's certificate is not valid yet";
        }
        if (words.contains("PKIX path building failed") || words.contains("signature check failed")) {
            return "the server's certificate is not signed by an authority that "
                    + (tls.authorities().isEmpty() ? "the operator trusts" : "spec.tls.caRef names");
        }
        if (has(failure, CertificateException.class) && OTHER_NAME.matcher(words).find()) {
            return "the server's certificate is for " + presented.leaf().map(TlsHandshake::names).orElse("another")
                    + ", not for " + name + "; if it is the right server, set spec.tls.serverName";
        }
        return asked.forACertificate && !has(failure, CertificateException.class)
                ? refusal(words)
                : tidy(words);
    }

    /** Explains the server's refusal, of which the server sends only an alert (RFC 8446, 6.2). */
    private String refusal(String words) {
        if (tls.clientCertificate().isEmpty()) {
            return "the server asks for a client certificate; set spec.tls.clientCertSecretRef";
        }
        X509Certificate own = tls.clientCertificate().get().chain().getFirst();
        if (!isValidNow(own)) {
            return "the server does not accept the client certificate, which is valid from "
                    + own.getNotBefore().toInstant() + " to " + own.getNotAfter().toInstant() + " only";
        }
        if (!asked.wasAnswered) {
            return "the server asks for a client certificate of another authority than "
                    + own.getIssuerX500Principal();
        }
        int alert = words.indexOf(ALERT);
        return "the server does not accept the client certificate" + (alert < 0
                ? ""
                : ": " + tidy(words.substring(alert + ALERT.length())));
    }

    /** Bounds the text: a peer chooses its words, and has not proved its identity yet. */
    private static String tidy(String text) {
        return OneLine.of(text, LONGEST_TEXT);
    }

    private static boolean isValidNow(X509Certificate certificate) {
        try {
            certificate.checkValidity();
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }

    private static String names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            String text = names == null
                    ? ""
                    : names.stream().filter(name -> name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS))
                            .limit(MOST_NAMES).map(name -> String.valueOf(name.get(1)))
                            .collect(Collectors.joining(", "));
            return tidy(
                    text.isEmpty() ? certificate.getSubjectX500Principal() + " without any host's name" : text);
        } catch (CertificateParsingException e) {
            return "names that can't be read";
        }
    }

    /** Trusts the certificates that another manager trusts, and keeps the chain that the server showed. */
    private static final class Presented extends X509ExtendedTrustManager {
        private final X509ExtendedTrustManager judge;
        private X509Certificate[] chain = {};

        Presented(X509ExtendedTrustManager judge) {
            this.judge = judge;
        }

        Optional<X509Certificate> leaf() {
            return chain.length == 0 ? Optional.empty() : Optional.of(chain[0]);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] presented, String type, Socket socket)
                throws CertificateException {
            chain = presented;
            judge.checkServerTrusted(presented, type, socket);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] presented, String type, SSLEngine engine)
                throws CertificateException {
            chain = presented;
            judge.checkServerTrusted(presented, type, engine);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] presented, String type) throws CertificateException {
            chain = presented;
            judge.checkServerTrusted(presented, type);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] presented, String type, Socket socket)
                throws CertificateException {
            judge.checkClientTrusted(presented, type, socket);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] presented, String type, SSLEngine engine)
                throws CertificateException {
            judge.checkClientTrusted(presented, type, engine);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] presented, String type) throws CertificateException {
            judge.checkClientTrusted(presented, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return judge.getAcceptedIssuers();
        }
    }

    /** Shows the client certificate if there is one, and remembers whether the server asked for it. */
    private static final class Asked extends X509ExtendedKeyManager {
        private final Optional<X509ExtendedKeyManager> identity;
        private boolean forACertificate;
        private boolean wasAnswered;

        Asked(Optional<X509ExtendedKeyManager> identity) {
            this.identity = identity;
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            forACertificate = true;
            String alias = identity.map(keys -> keys.chooseClientAlias(types, issuers, socket)).orElse(null);
            wasAnswered |= alias != null;
            return alias;
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return identity.map(keys -> keys.getClientAliases(type, issuers)).orElse(null);
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return identity.map(keys -> keys.getCertificateChain(alias)).orElse(null);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return identity.map(keys -> keys.getPrivateKey(alias)).orElse(null);
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return null;
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return null;
        }
    }
}
