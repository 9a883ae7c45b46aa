package io.ebb.protocol;

import io.ebb.protocol.Wish.Approve;
import io.ebb.protocol.Wish.Hook;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A wish as JSON in UTF-8, by the rules of {@link ReportJson}. That every port is watched is a
 * field of its own: an agent that does not know it leaves port 0 out of its report, where it would
 * find nothing on a port of that number, and call it quiet.
 */
public final class WishJson {
    private WishJson() {}

    /** Writes a wish. */
    public static byte[] write(Wish wish) {
        return JsonOut.write(wish, WishJson::fields);
    }

    /**
     * Reads a wish.
     *
     * @throws MalformedException naming the path of the first thing that is wrong
     */
    public static Wish read(byte[] json) {
        Node in = Node.read("wish", json);
        return new Wish(
                in.need("nextReportMs").millis(),
                watch(in),
                in.list("ignoreSources", Node::text),
                in.list("remaining", Node::positive),
                in.need("passProbe").truth(),
                in.list("alone", Node::text),
                in.need("hook").word(Hook.class),
                in.list("approve", WishJson::approve));
    }

    private static void fields(JsonOut out, Wish wish) throws IOException {
        out.millis("nextReportMs", wish.nextReport());
        out.numbers(
                "watch", wish.watch().stream().filter(port -> port != Wish.EVERY_PORT).toList());
        if (wish.watch().contains(Wish.EVERY_PORT)) {
            out.truth("watchEveryPort", true);
        }
        out.texts("ignoreSources", wish.ignoreSources());
        out.numbers("remaining", wish.remaining());
        out.truth("passProbe", wish.passProbe());
        out.texts("alone", wish.alone());
        out.text("hook", wish.hook().name());
        out.objects("approve", wish.approve(), WishJson::fields);
    }

    private static List<Integer> watch(Node in) {
        List<Integer> ports = new ArrayList<>();
        if (in.find("watchEveryPort").filter(Node::truth).isPresent()) {
            ports.add(Wish.EVERY_PORT);
        }
        ports.addAll(in.list("watch", Node::positive));
        return ports;
    }

    private static void fields(JsonOut out, Approve approve) throws IOException {
        out.text("id", approve.id());
        out.text("eventId", approve.eventId());
        out.millis("validForMs", approve.validFor());
    }

    private static Approve approve(Node in) {
        return new Approve(
                in.need("id").text(), in.need("eventId").text(), in.need("validForMs").millis());
    }
}
