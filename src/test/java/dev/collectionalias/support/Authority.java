package dev.collectionalias.support;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** A certificate authority of a test's own, whom nobody trusts who is not told to. */
public final class Authority {

    private static final String PASSWORD = "changeit";
    private static final String ROOT = "root";

    private final String name;
    private byte[] store = {};
    private int issued;

    /** What somebody can prove with who he is. */
    public record Identity(X509Certificate certificate, PrivateKey key) {

        public String certificatePem() {
            return pem("CERTIFICATE", encoded(certificate));
        }

        /** In PKCS #8. */
        public String keyPem() {
            return pem("PRIVATE KEY", key.getEncoded());
        }
    }

    public Authority(String name) {
        this(name, "EC");
    }

    /** @param key as keytool calls it: {@code Ed25519}, or a curve such as {@code secp384r1} */
    public Authority(String name, String key) {
        this.name = name;
        keytool(Stream.concat(Stream.of("-genkeypair", "-alias", ROOT, "-dname", "CN=" + name, "-ext", "bc:c",
                "-validity", "3650"), kind(key)).toArray(String[]::new));
    }

    public X509Certificate certificate() {
        return identity(ROOT).certificate();
    }

    public String certificatePem() {
        return identity(ROOT).certificatePem();
    }

    /** What it signs with. */
    public Identity root() {
        return identity(ROOT);
    }

    /** @param subject as keytool writes it: {@code ip:127.0.0.1}, {@code dns:localhost} */
    public Identity issue(String subject) {
        return issue("EC", subject, "-startdate", "-1d", "-validity", "30");
    }

    /** With an RSA key, which PKCS #1 is for. */
    public Identity issueRsa(String subject) {
        return issueFor("RSA", subject);
    }

    /** @param key as keytool calls it: {@code Ed25519}, or a curve such as {@code secp384r1} */
    public Identity issueFor(String key, String subject) {
        return issue(key, subject, "-startdate", "-1d", "-validity", "30");
    }

    /** One whose time was over yesterday. */
    public Identity issueExpired(String subject) {
        return issue("EC", subject, "-startdate", "-3d", "-validity", "2");
    }

    private static Stream<String> kind(String key) {
        return key.startsWith("secp") ? Stream.of("-keyalg", "EC", "-groupname", key) : Stream.of("-keyalg", key);
    }

    private Identity issue(String key, String subject, String... validity) {
        String alias = "issued-" + ++issued;
        keytool(Stream.concat(
                Stream.of("-genkeypair", "-alias", alias, "-signer", ROOT, "-dname",
                        "CN=%s by %s".formatted(alias, name), "-ext", "san=" + subject, "-ext",
                        "eku=serverAuth,clientAuth"),
                Stream.concat(kind(key), Stream.of(validity))).toArray(String[]::new));
        return identity(alias);
    }

    private void keytool(String... arguments) {
        Path directory = Directories.fresh("authority");
        Path file = directory.resolve("store.p12");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.add("-J-XX:TieredStopAtLevel=1");
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", PASSWORD));
        try {
            if (store.length > 0) {
                Files.write(file, store);
            }
            Command.of(command.toArray(String[]::new)).runOrFail();
            store = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Directories.delete(directory);
        }
    }

    private Identity identity(String alias) {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(new ByteArrayInputStream(store), PASSWORD.toCharArray());
            return new Identity((X509Certificate) keys.getCertificate(alias),
                    (PrivateKey) keys.getKey(alias, PASSWORD.toCharArray()));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] encoded(Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String pem(String label, byte[] encoded) {
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label,
                Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(encoded));
    }
}
