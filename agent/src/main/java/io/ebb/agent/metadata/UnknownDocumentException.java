package io.ebb.agent.metadata;

import java.io.Serial;

/** What the document says now is not known. The message says why. */
public final class UnknownDocumentException extends Exception {
    @Serial private static final long serialVersionUID = 1;

    UnknownDocumentException(String why) {
        super(why);
    }
}
