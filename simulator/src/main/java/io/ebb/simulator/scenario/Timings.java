package io.ebb.simulator.scenario;

import java.time.Duration;

/**
 * How long things take.
 *
 * @param nicPut until the PUT of a network interface is answered
 * @param poolPut until the PUT of a backend pool or load balancer is answered
 * @param operation until an asynchronous operation has succeeded
 * @param retryAfter what {@code Retry-After} names
 * @param firstMetadataAnswer how long the first Scheduled Events request of a scope unit waits
 * @param firstEvents from a machine's first Scheduled Events request until it is shown events,
 *     which is up to five minutes in Azure; meanwhile its document is empty
 * @param settle from the end of an impact until its event leaves the document
 * @param boot from power-on until the processes of the machine are started
 */
public record Timings(
        Duration nicPut,
        Duration poolPut,
        Duration operation,
        Duration retryAfter,
        Duration firstMetadataAnswer,
        Duration firstEvents,
        Duration settle,
        Duration boot) {}
