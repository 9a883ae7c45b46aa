package io.ebb.agent;

/**
 * One line per message on standard output, with the priority prefix that systemd's journal
 * understands.
 */
public final class Log {
    private Log() {}

    /** Something worth knowing that is as it should be. */
    public static void info(String message) {
        print("<6>", message);
    }

    /** Something that is not as it should be; the agent goes on. */
    public static void warn(String message) {
        print("<4>", message);
    }

    private static void print(String priority, String message) {
        System.out.println(priority + message.replace('\n', ' ').replace('\r', ' '));
    }
}
