package dev.collectionalias.milvus.tls;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.EllipticCurve;
import java.security.spec.NamedParameterSpec;
import java.util.List;

/**
 * The certificate and key by which a client proves its identity.
 *
 * @param chain the client's own certificate, followed by those that lead to its authority
 */
public record ClientCertificate(List<X509Certificate> chain, PrivateKey key) {

    private static final byte[] SAMPLE = {42};
    private static final List<String> CURVES = List.of("secp256r1", "secp384r1", "secp521r1");
    private static final String USABLE = "RSA, ECDSA on P-256, P-384 or P-521, and Ed25519 work";

    /**
     * @param certificates one or more certificates in PEM
     * @param privateKey   the first certificate's key in PEM
     * @throws IllegalArgumentException with a sentence about what is wrong, which gives away no more than the format
     */
    public static ClientCertificate of(String certificates, String privateKey) {
        List<X509Certificate> chain = Pem.certificates(certificates);
        PublicKey publicKey = chain.getFirst().getPublicKey();
        if (!isUsable(publicKey)) {
            throw new IllegalArgumentException("the certificate's key is %s, which Milvus does not accept; %s"
                    .formatted(kindOf(publicKey), USABLE));
        }
        PrivateKey key = Pem.privateKey(privateKey, publicKey);
        if (!belongTogether(key, publicKey)) {
            throw new IllegalArgumentException("the private key is not the certificate's");
        }
        return new ClientCertificate(chain, key);
    }

    /** Whether both the Java runtime and Milvus, which is written in Go, can use the key for TLS. */
    private static boolean isUsable(PublicKey key) {
        return switch (key) {
            case ECPublicKey elliptic -> CURVES.stream().map(ClientCertificate::curve)
                    .anyMatch(elliptic.getParams().getCurve()::equals);
            case EdECPublicKey edwards -> edwards.getParams().getName().equals(NamedParameterSpec.ED25519.getName());
            default -> key.getAlgorithm().equals("RSA");
        };
    }

    private static String kindOf(PublicKey key) {
        return switch (key) {
            case ECPublicKey elliptic -> "ECDSA on another curve";
            case EdECPublicKey edwards -> edwards.getParams().getName();
            default -> key.getAlgorithm();
        };
    }

    private static EllipticCurve curve(String name) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(name));
            return parameters.getParameterSpec(ECParameterSpec.class).getCurve();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
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

    /** Leaves the key out, so that no log or message can contain it. */
    @Override
    public String toString() {
        return "client certificate of " + chain.getFirst().getSubjectX500Principal();
    }
}
