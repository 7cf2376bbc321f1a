package dev.collectionalias.milvus.net;

/**
 * A proxy that connections are made through by HTTP CONNECT. It looks the server's name up, and sees the address and bytes only.
 *
 * @param address where it is
 * @param user    whom it is told, by basic authentication; {@link Credentials#NONE}: nobody
 */
public record HttpProxy(Endpoint address, Credentials user) {

    /** @throws IllegalArgumentException with a sentence for the user if basic authentication can't say such a name */
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
