package io.ebb.agent.connections;

import java.net.InetAddress;

/**
 * One line of the kernel's table.
 *
 * @param local local address; one of IPv4, also where the kernel writes it mapped into IPv6
 * @param localPort local port
 * @param remote remote address, likewise
 * @param remotePort remote port
 * @param state the kernel's number of the state
 * @param unsent the length of the send queue: bytes that the other side has not acknowledged
 * @param unread the length of the receive queue
 * @param identity the line's text from the addresses to the queues: as long as it stays the same,
 *     nothing happened on the connection
 */
record Row(
        InetAddress local,
        int localPort,
        InetAddress remote,
        int remotePort,
        int state,
        long unsent,
        long unread,
        String identity) {

    static final int ESTABLISHED = 1;
    static final int SYN_RECV = 3;
    static final int FIN_WAIT1 = 4;
    static final int CLOSE_WAIT = 8;
    static final int LAST_ACK = 9;
    static final int LISTEN = 10;
    static final int CLOSING = 11;

    /**
     * Whether the connection still matters to somebody: it is open, or data of it are on their way.
     * A connection that was closed on this side has its FIN in the send queue, which the kernel
     * counts as one byte; that alone nobody misses.
     */
    boolean counts() {
        return switch (state) {
            case ESTABLISHED, SYN_RECV, CLOSE_WAIT -> true;
            case FIN_WAIT1, CLOSING, LAST_ACK -> unsent > 1;
            default -> false;
        };
    }
}
