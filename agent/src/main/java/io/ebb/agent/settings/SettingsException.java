package io.ebb.agent.settings;

import java.io.Serial;

/** The agent cannot start with these settings; the message names the one that is wrong. */
public final class SettingsException extends Exception {
    @Serial private static final long serialVersionUID = 1;

    SettingsException(String message) {
        super(message);
    }
}
