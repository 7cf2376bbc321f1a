package dev.collectionalias.support;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate that nobody trusts but who is given this very context. */
public final class SelfSigned {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private SelfSigned() {}

    /**
     * Serves with the certificate, and as a client trusts it alone.
     *
     * @param subject as keytool writes it: {@code ip:127.0.0.1}, {@code dns:localhost}
     */
    public static SSLContext certificateFor(String subject) throws IOException {
        Path directory = Directories.fresh("tls");
        Path store = directory.resolve("server.p12");
        Command.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
                "server", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=" + subject, "-storetype",
                "PKCS12", "-keystore", store.toString(), "-storepass", new String(PASSWORD)).runOrFail();
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD);
            KeyManagerFactory served = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            served.init(keys, PASSWORD);
            KeyStore certificates = KeyStore.getInstance("PKCS12");
            certificates.load(null, null);
            certificates.setCertificateEntry("server", keys.getCertificate("server"));
            TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(certificates);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(served.getKeyManagers(), trusted.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            Directories.delete(directory);
        }
    }
}
