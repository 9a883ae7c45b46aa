package io.ebb.agent.hook;

import java.net.URI;

/** What a hook does. Hooks are configured on the VM; the orchestrator can only name them. */
public sealed interface HookAction {

    /** An HTTP call that must be answered with a 2xx. */
    record Call(String method, URI uri) implements HookAction {}

    /** A command line for the shell that must end with status 0. */
    record Command(String line) implements HookAction {}
}
