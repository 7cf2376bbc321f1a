package dev.collectionalias.support;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

import dev.collectionalias.support.Authority.Identity;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;

/** TLS of a server that takes new certificates up without a restart: each handshake is made with the newest ones. */
final class RotatingTls {

    private final List<Identity> identities = new CopyOnWriteArrayList<>();
    private volatile X509ExtendedTrustManager clients;

    RotatingTls(ServerTls tls) {
        rotate(tls);
    }

    void rotate(ServerTls tls) {
        clients = tls.clients() == null ? null : trusting(tls.clients());
        identities.add(tls.identity());
    }

    SslContext context() {
        try {
            SslContextBuilder builder = SslContextBuilder.forServer(new Keys());
            if (clients != null) {
                builder.trustManager(new Clients()).clientAuth(ClientAuth.REQUIRE);
            }
            return GrpcSslContexts.configure(builder, SslProvider.JDK).build();
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509ExtendedTrustManager trusting(Authority authority) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("clients", authority.certificate());
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An alias is the number of an identity, so that one handshake keeps the one that it began with. */
    private final class Keys extends X509ExtendedKeyManager {

        @Override
        public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
            int newest = identities.size() - 1;
            return identities.get(newest).key().getAlgorithm().equals(type) ? Integer.toString(newest) : null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[]{identities.get(Integer.parseInt(alias)).certificate()};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return identities.get(Integer.parseInt(alias)).key();
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return null;
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return null;
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return null;
        }
    }

    private final class Clients extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            clients.checkClientTrusted(chain, type, engine);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            clients.checkClientTrusted(chain, type, socket);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            clients.checkClientTrusted(chain, type);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            throw new UnsupportedOperationException("a server has no server");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            throw new UnsupportedOperationException("a server has no server");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException("a server has no server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return clients.getAcceptedIssuers();
        }
    }
}
