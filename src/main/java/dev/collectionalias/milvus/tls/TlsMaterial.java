package dev.collectionalias.milvus.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Turns {@link Tls} into the forms that the Java runtime takes. */
final class TlsMaterial {

    private static final char[] NO_PASSWORD = new char[0];

    private TlsMaterial() {}

    static X509ExtendedTrustManager trust(Tls tls) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(tls.authorities().isEmpty() ? null : store(tls.authorities()));
            return only(X509ExtendedTrustManager.class, factory.getTrustManagers());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static X509ExtendedKeyManager identity(ClientCertificate certificate) {
        try {
            KeyStore store = store(List.of());
            store.setKeyEntry("client", certificate.key(), NO_PASSWORD,
                    certificate.chain().toArray(Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, NO_PASSWORD);
            return only(X509ExtendedKeyManager.class, factory.getKeyManagers());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore store(List<X509Certificate> trusted) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        for (X509Certificate certificate : trusted) {
            store.setCertificateEntry("ca-" + store.size(), certificate);
        }
        return store;
    }

    private static <T> T only(Class<T> type, Object[] candidates) {
        return Stream.of(candidates).filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
    }
}
