/** The ledger on a relational store: an H2 file, or PostgreSQL from two replicas on. */
@NullMarked
package io.ebb.orchestrator.ledger.jdbc;

import org.jspecify.annotations.NullMarked;
