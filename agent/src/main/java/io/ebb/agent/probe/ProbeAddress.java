package io.ebb.agent.probe;

import java.net.InetAddress;

/**
 * Where the probe's endpoint listens.
 *
 * @param address a local address
 * @param port 0 for any free one
 * @param path the one path that answers, with its leading slash
 */
public record ProbeAddress(InetAddress address, int port, String path) {}
