package io.ebb.protocol;

import io.ebb.protocol.Wish.Approve;
import io.ebb.protocol.Wish.Hook;
import java.io.IOException;

/** A wish as JSON in UTF-8, by the rules of {@link ReportJson}. */
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
                in.list("watch", Node::count),
                in.list("ignoreSources", Node::text),
                in.list("remaining", Node::positive),
                in.need("passProbe").truth(),
                in.list("alone", Node::text),
                in.need("hook").word(Hook.class),
                in.list("approve", WishJson::approve));
    }

    private static void fields(JsonOut out, Wish wish) throws IOException {
        out.millis("nextReportMs", wish.nextReport());
        out.numbers("watch", wish.watch());
        out.texts("ignoreSources", wish.ignoreSources());
        out.numbers("remaining", wish.remaining());
        out.truth("passProbe", wish.passProbe());
        out.texts("alone", wish.alone());
        out.text("hook", wish.hook().name());
        out.objects("approve", wish.approve(), WishJson::fields);
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
