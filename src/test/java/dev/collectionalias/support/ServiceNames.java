package dev.collectionalias.support;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lets the names of Services be looked up as in a cluster: all Services of milvus-operator are on this machine, told apart
 * by their ports. Other names are a test's {@link NameServer}'s.
 */
public final class ServiceNames extends InetAddressResolverProvider {

    private static final String OF_A_MILVUS = "[a-z0-9-]+-milvus\\.test-[a-z0-9]+";

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver others = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                Optional<NameServer> server = NameServer.of(host);
                if (server.isPresent()) {
                    return server.get().lookUp(host);
                }
                return host.matches(OF_A_MILVUS)
                        ? Stream.of(InetAddress.getByAddress(host, new byte[]{127, 0, 0, 1}))
                        : others.lookupByName(host, policy);
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return others.lookupByAddress(address);
            }
        };
    }

    @Override
    public String name() {
        return "Services of milvus-operator";
    }
}
