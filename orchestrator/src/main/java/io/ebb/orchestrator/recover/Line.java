package io.ebb.orchestrator.recover;

/**
 * One thing that was found, as the table shows it.
 *
 * @param tag where the resource says so; {@code -} when it could not be read
 * @param pool {@code -} when that is not known
 * @param done what was done about it, in words
 * @param asks whether a person must look at it
 */
record Line(String vm, String nic, String tag, String pool, String done, boolean asks) {}
