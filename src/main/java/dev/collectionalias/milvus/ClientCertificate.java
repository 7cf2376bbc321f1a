package dev.collectionalias.milvus;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a client proves with who it is.
 *
 * @param chain the client's own certificate, followed by those that lead to its authority
 */
public record ClientCertificate(List<X509Certificate> chain, PrivateKey key) {

    private static final byte[] SAMPLE = {42};

    /**
     * @param certificates one or more certificates in PEM
     * @param privateKey   the first one's key in PEM
     * @throws IllegalArgumentException with a sentence about what is wrong, which names no more than the format
     */
    public static ClientCertificate of(String certificates, String privateKey) {
        List<X509Certificate> chain = Pem.certificates(certificates);
        PublicKey publicKey = chain.getFirst().getPublicKey();
        PrivateKey key = Pem.privateKey(privateKey, publicKey);
        if (!belongTogether(key, publicKey)) {
            throw new IllegalArgumentException("the private key is not the certificate's");
        }
        return new ClientCertificate(chain, key);
    }

    private static boolean belongTogether(PrivateKey key, PublicKey publicKey) {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(SAMPLE);
            Signature verifying = Signature.getInstance(algorithm);
            verifying.initVerify(publicKey);
            verifying.update(SAMPLE);
            return verifying.verify(signing.sign());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Says nothing of the key, so that no log or message can. */
    @Override
    public String toString() {
        return "client certificate of " + chain.getFirst().getSubjectX500Principal();
    }
}
