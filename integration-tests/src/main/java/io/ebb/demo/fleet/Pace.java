package io.ebb.demo.fleet;

/** How long things take. */
public enum Pace {
    /** As long as in Azure, but for what takes minutes there. */
    REAL("5s", "3s", "10s", ""),
    /** As short as they can be with everything still happening in its order; for tests. */
    QUICK(
            "1s",
            "2s",
            "3s",
            """
            timings:
              nicPut: 300ms
              poolPut: 300ms
              operation: 1s
              retryAfter: 1s
              firstMetadataAnswer: 200ms
              settle: 1s
              boot: 500ms
            """),
    /** Shorter still, where nothing is measured: for tests that run the same thing many times. */
    BRISK(
            "300ms",
            "300ms",
            "200ms",
            """
            timings:
              nicPut: 100ms
              poolPut: 100ms
              operation: 200ms
              retryAfter: 0s
              firstMetadataAnswer: 100ms
              settle: 100ms
              boot: 200ms
            """);

    /** Between two probes of one member. */
    final String probeInterval;

    /** How long no connection must have been seen before a VM is quiet. */
    final String quiet;

    /** How old the load balancer's word on its members may be. */
    final String healthAge;

    /** The simulator's timings, as a section of its scenario. */
    final String timings;

    Pace(String probeInterval, String quiet, String healthAge, String timings) {
        this.probeInterval = probeInterval;
        this.quiet = quiet;
        this.healthAge = healthAge;
        this.timings = timings;
    }
}
