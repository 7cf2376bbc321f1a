package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.UUID;

/** The files that tell kube-apiserver whom to believe: an administrator's token, and the key of service accounts' tokens. */
record ApiServerCredentials(Path directory, String adminToken) {

    static ApiServerCredentials in(Path directory) {
        try {
            Files.createDirectories(directory);
            String token = UUID.randomUUID().toString();
            Files.writeString(directory.resolve("tokens.csv"), token + ",admin,admin,system:masters\n");
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            Files.writeString(directory.resolve("service-accounts.key"), pem("PRIVATE KEY", pair.getPrivate()));
            Files.writeString(directory.resolve("service-accounts.pub"), pem("PUBLIC KEY", pair.getPublic()));
            return new ApiServerCredentials(directory, token);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    String file(String name) {
        return directory.resolve(name).toString();
    }

    private static String pem(String type, Key key) {
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type,
                Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(key.getEncoded()));
    }
}
