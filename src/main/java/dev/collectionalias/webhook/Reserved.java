package dev.collectionalias.webhook;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Addresses that are nobody's service: the operator's own machine, its link, the clouds' services for credentials, and
 * multicast groups.
 */
final class Reserved {

    /** EC2's metadata over IPv6, fd00:ec2::254. It is the only such service outside the link-local range. */
    private static final byte[] EC2_METADATA = HexFormat.of().parseHex("fd000ec2000000000000000000000254");
    private static final byte BROADCAST = (byte) 255;

    /** IPv6 ranges that embed IPv4 addresses, and the position of the IPv4 address in each. */
    private enum Embedding {
        COMPATIBLE("000000000000000000000000", 12), NAT64("0064ff9b0000000000000000", 12), SIX_TO_FOUR("2002", 2);

        private static final int LENGTH = 4;

        @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it
        private final byte[] prefix;
        private final int offset;

        Embedding(String prefix, int offset) {
            this.prefix = HexFormat.of().parseHex(prefix);
            this.offset = offset;
        }

        Optional<InetAddress> embeddedIn(byte[] address) {
            if (!Arrays.equals(address, 0, prefix.length, prefix, 0, prefix.length)) {
                return Optional.empty();
            }
            try {
                return Optional.of(InetAddress.getByAddress(Arrays.copyOfRange(address, offset, offset + LENGTH)));
            } catch (UnknownHostException e) {
                throw new IllegalStateException("four bytes are an IPv4 address", e);
            }
        }
    }

    private Reserved() {}

    static boolean includes(InetAddress address) {
        return address.isAnyLocalAddress() || address.isLoopbackAddress() || address.isLinkLocalAddress()
                || address.isMulticastAddress()
                || (address instanceof Inet6Address
                        ? includesIpv6(address.getAddress())
                        : includesIpv4(address.getAddress()));
    }

    /** 0.0.0.0/8 is this network itself. 255.0.0.0/8 has only the broadcast address. */
    private static boolean includesIpv4(byte[] address) {
        return address[0] == 0 || address[0] == BROADCAST;
    }

    private static boolean includesIpv6(byte[] address) {
        return Arrays.equals(address, EC2_METADATA) || Stream.of(Embedding.values())
                .anyMatch(embedding -> embedding.embeddedIn(address).filter(Reserved::includes).isPresent());
    }
}
