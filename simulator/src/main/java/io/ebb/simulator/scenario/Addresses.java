package io.ebb.simulator.scenario;

/**
 * Where the endpoints listen.
 *
 * @param arm the ARM and token endpoint (HTTPS)
 * @param control the control API (HTTP)
 * @param metadataPort the port of every machine's metadata endpoint, at the machine's own address
 * @param guestPort the port of every machine's backend program, at the machine's own address
 */
public record Addresses(HostPort arm, HostPort control, int metadataPort, int guestPort) {}
