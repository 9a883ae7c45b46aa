package io.ebb.agent.connections;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * A range of addresses, {@code 10.0.0.0/8}, {@code fe80::/10} or one address.
 *
 * @param network the first address
 * @param bits how many leading bits of an address must be the network's
 */
public record Cidr(InetAddress network, int bits) {

    /**
     * Reads a range; never asks DNS.
     *
     * @throws IllegalArgumentException when the text is none
     */
    public static Cidr of(String text) {
        int slash = text.indexOf('/');
        InetAddress network = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        int longest = network.getAddress().length * 8;
        int bits = slash < 0 ? longest : Integer.parseInt(text.substring(slash + 1));
        if (bits < 0 || bits > longest) {
            throw new IllegalArgumentException("a prefix of " + bits + " bits in " + text);
        }
        return new Cidr(network, bits);
    }

    /** Whether an address lies in the range. */
    public boolean contains(InetAddress other) {
        byte[] address = other.getAddress();
        byte[] first = network.getAddress();
        if (first.length != address.length) {
            return false;
        }
        int whole = bits / 8;
        int rest = bits % 8;
        return Arrays.equals(first, 0, whole, address, 0, whole)
                && (rest == 0 || ((first[whole] ^ address[whole]) & 0xff) >> (8 - rest) == 0);
    }
}
