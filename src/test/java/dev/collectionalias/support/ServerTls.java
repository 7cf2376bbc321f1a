package dev.collectionalias.support;

import dev.collectionalias.support.Authority.Identity;

/**
 * How a server speaks TLS.
 *
 * @param identity what it shows
 * @param clients  who has to have signed the certificates of its clients; null: it asks for none
 * @param probe    what to show to it to find out whether it is up, where it asks for something
 */
public record ServerTls(Identity identity, Authority clients, Identity probe) {

    public static ServerTls oneWay(Identity identity) {
        return new ServerTls(identity, null, null);
    }

    public static ServerTls mutual(Identity identity, Authority clients) {
        return new ServerTls(identity, clients, clients.issue("dns:probe"));
    }
}
