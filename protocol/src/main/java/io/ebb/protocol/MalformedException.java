package io.ebb.protocol;

import java.io.Serial;

/**
 * A text that is not what it should be. The message names the place: {@code report.ports[2].port:
 * expected integer}.
 */
public final class MalformedException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    MalformedException(String path, String problem) {
        super(path + ": " + problem);
    }
}
