package dev.collectionalias.milvus.net;

/**
 * A proxy that the operator connects through by HTTP CONNECT. The proxy looks up the server's name, and sees the address and
 * bytes only.
 *
 * @param address of the proxy
 * @param user    whom the operator names by basic authentication; {@link Credentials#NONE}: nobody
 */
public record HttpProxy(Endpoint address, Credentials user) {

    /** @throws IllegalArgumentException with a sentence for the user if basic authentication can't carry the name */
    public static Credentials user(String name, String password) {
        if (name.contains(":")) {
            throw new IllegalArgumentException("a proxy's user can have no colon in the name");
        }
        return Credentials.usernamePassword(name, password);
    }

    public boolean hasUser() {
        return !user.equals(Credentials.NONE);
    }

    public String username() {
        return user.token().substring(0, user.token().indexOf(':'));
    }

    public String password() {
        return user.token().substring(user.token().indexOf(':') + 1);
    }
}
