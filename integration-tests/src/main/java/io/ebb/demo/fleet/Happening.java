package io.ebb.demo.fleet;

import java.time.Instant;

/**
 * One line of the simulator's record.
 *
 * @param sequence ascending, without gaps
 * @param subject a VM's name or an event's id, by kind
 */
public record Happening(long sequence, Instant at, String kind, String subject, String detail) {}
