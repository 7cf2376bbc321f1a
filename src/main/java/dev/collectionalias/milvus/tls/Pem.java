package dev.collectionalias.milvus.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys as text (RFC 7468). */
public final class Pem {

    private static final Pattern BLOCK = Pattern
            .compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PKCS8 = "PRIVATE KEY";
    private static final String UNREADABLE_KEY = "the private key can't be read, or is not the certificate's";

    private static final byte SEQUENCE = 0x30;
    private static final byte OCTETS = 0x04;
    private static final byte[] VERSION = {0x02, 0x01, 0x00};

    private Pem() {}

    /** @throws IllegalArgumentException with a sentence if the text has no certificate, or one that can't be read */
    public static List<X509Certificate> certificates(String text) {
        List<X509Certificate> certificates = BLOCK.matcher(text).results()
                .filter(block -> block.group(1).equals(CERTIFICATE))
                .map(block -> certificate(decode(block.group(2), "a certificate can't be read")))
                .toList();
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("there is no certificate in PEM");
        }
        return certificates;
    }

    private static X509Certificate certificate(byte[] encoded) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(encoded));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("a certificate can't be read", e);
        }
    }

    /**
     * Reads PKCS #8, and also PKCS #1 and SEC 1, which cert-manager writes by default.
     *
     * @param publicKey says which kind of key this is; only PKCS #8 says so itself
     * @throws IllegalArgumentException with a sentence if the text has no key, or one that can't be read
     */
    static PrivateKey privateKey(String text, PublicKey publicKey) {
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            byte[] encoded = decode(block.group(2), UNREADABLE_KEY);
            switch (block.group(1)) {
                case PKCS8 -> {
                    return privateKey(encoded, publicKey);
                }
                case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> {
                    return privateKey(asPkcs8(encoded, publicKey), publicKey);
                }
                case "ENCRYPTED PRIVATE KEY" ->
                    throw new IllegalArgumentException("the private key is encrypted, which nobody can decrypt here");
                default -> {
                    // a certificate, or parameters of the key
                }
            }
        }
        throw new IllegalArgumentException("there is no private key in PEM");
    }

    private static PrivateKey privateKey(byte[] pkcs8, PublicKey publicKey) {
        try {
            return KeyFactory.getInstance(publicKey.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            // The cause may repeat parts of the key.
            throw new IllegalArgumentException(UNREADABLE_KEY);
        }
    }

    /** The key as PrivateKeyInfo (RFC 5208). The algorithm is missing in the key, and comes first in the public key's form. */
    private static byte[] asPkcs8(byte[] key, PublicKey publicKey) {
        ByteBuffer publicForm = ByteBuffer.wrap(publicKey.getEncoded());
        enter(publicForm);
        int start = publicForm.position();
        int length = enter(publicForm);
        byte[] algorithm = new byte[publicForm.position() - start + length];
        publicForm.position(start).get(algorithm);
        return der(SEQUENCE, VERSION, algorithm, der(OCTETS, key));
    }

    /** Skips tag and length. */
    private static int enter(ByteBuffer der) {
        der.get();
        int first = der.get() & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) {
            length = length << 8 | der.get() & 0xff;
        }
        return length;
    }

    private static byte[] der(byte tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length < 0x80) {
            out.write(length);
        } else {
            out.writeBytes(new byte[]{(byte) 0x82, (byte) (length >> 8), (byte) length});
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    private static byte[] decode(String base64, String otherwise) {
        try {
            return Base64.getMimeDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(otherwise, e);
        }
    }
}
