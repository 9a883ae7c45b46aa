package io.ebb.protocol;

import io.ebb.protocol.Report.Calm;
import io.ebb.protocol.Report.Document;
import io.ebb.protocol.Report.Health;
import io.ebb.protocol.Report.Hook;
import io.ebb.protocol.Report.HookState;
import io.ebb.protocol.Report.Missing;
import io.ebb.protocol.Report.Port;
import io.ebb.protocol.Report.Probe;
import io.ebb.protocol.Report.Reading;
import io.ebb.protocol.Report.Remote;
import io.ebb.protocol.Report.Result;
import io.ebb.protocol.Report.Vm;
import java.io.IOException;

/**
 * A report as JSON in UTF-8. Spans are whole milliseconds in fields that end in {@code Ms}; what is
 * empty is absent; a reader skips fields that it does not know.
 */
public final class ReportJson {
    private ReportJson() {}

    /** Writes a report. */
    public static byte[] write(Report report) {
        return JsonOut.write(report, ReportJson::fields);
    }

    /**
     * Reads a report.
     *
     * @throws MalformedException naming the path of the first thing that is wrong
     */
    public static Report read(byte[] json) {
        Node in = Node.read("report", json);
        return new Report(
                in.text("agentVersion"),
                vm(in.need("vm")),
                in.need("boot").text(),
                in.need("run").text(),
                in.need("sequence").integer(),
                in.need("sentAt").time(),
                document(in.need("document")),
                in.list("missing", ReportJson::missing),
                in.list("ports", ReportJson::port),
                in.find("quietMs").map(Node::millis),
                in.list("calm", ReportJson::calm),
                health(in.need("health")),
                in.find("probe").map(ReportJson::probe),
                hook(in.need("hook")),
                in.list("results", ReportJson::result));
    }

    private static void fields(JsonOut out, Report report) throws IOException {
        out.text("agentVersion", report.agentVersion());
        out.object("vm", report.vm(), ReportJson::fields);
        out.text("boot", report.boot());
        out.text("run", report.run());
        out.number("sequence", report.sequence());
        out.text("sentAt", report.sentAt().toString());
        out.object("document", report.document(), ReportJson::fields);
        out.objects("missing", report.missing(), ReportJson::fields);
        out.objects("ports", report.ports(), ReportJson::fields);
        out.millis("quietMs", report.quiet());
        out.objects("calm", report.calm(), ReportJson::fields);
        out.object("health", report.health(), ReportJson::fields);
        if (report.probe().isPresent()) {
            out.object("probe", report.probe().get(), ReportJson::fields);
        }
        out.object("hook", report.hook(), ReportJson::fields);
        out.objects("results", report.results(), ReportJson::fields);
    }

    private static void fields(JsonOut out, Vm vm) throws IOException {
        out.text("vmId", vm.vmId());
        out.text("name", vm.name());
        out.text("resourceGroup", vm.resourceGroup());
        out.text("subscriptionId", vm.subscriptionId());
        out.text("resourceId", vm.resourceId());
        out.text("scaleSet", vm.scaleSet());
        out.text("placementGroupId", vm.placementGroupId());
    }

    private static Vm vm(Node in) {
        return new Vm(
                in.need("vmId").text(),
                in.need("name").text(),
                in.text("resourceGroup"),
                in.text("subscriptionId"),
                in.text("resourceId"),
                in.text("scaleSet"),
                in.text("placementGroupId"));
    }

    private static void fields(JsonOut out, Document document) throws IOException {
        out.text("reading", document.reading().name());
        out.text("text", document.text());
        out.millis("ageMs", document.age());
        out.millis("goodMs", document.good());
        out.number("goodReads", document.goodReads());
        out.text("problem", document.problem().orElse(""));
    }

    private static Document document(Node in) {
        return new Document(
                in.need("reading").word(Reading.class),
                in.text("text"),
                in.find("ageMs").map(Node::millis),
                in.need("goodMs").millis(),
                in.need("goodReads").count(),
                in.find("problem").map(Node::text));
    }

    private static void fields(JsonOut out, Missing missing) throws IOException {
        out.text("eventId", missing.eventId());
        out.number("reads", missing.reads());
    }

    private static Missing missing(Node in) {
        return new Missing(in.need("eventId").text(), in.need("reads").count());
    }

    private static void fields(JsonOut out, Port port) throws IOException {
        out.number("port", port.port());
        out.number("connections", port.connections());
        out.number("leaking", port.leaking());
        out.objects("remotes", port.remotes(), ReportJson::fields);
    }

    private static Port port(Node in) {
        return new Port(
                in.need("port").count(),
                in.need("connections").count(),
                in.need("leaking").count(),
                in.list("remotes", ReportJson::remote));
    }

    private static void fields(JsonOut out, Remote remote) throws IOException {
        out.text("address", remote.address());
        out.number("connections", remote.connections());
    }

    private static Remote remote(Node in) {
        return new Remote(in.need("address").text(), in.need("connections").count());
    }

    private static void fields(JsonOut out, Calm calm) throws IOException {
        out.number("remaining", calm.remaining());
        out.millis("lastingMs", calm.lasting());
    }

    private static Calm calm(Node in) {
        return new Calm(in.need("remaining").positive(), in.need("lastingMs").millis());
    }

    private static void fields(JsonOut out, Health health) throws IOException {
        out.truth("healthy", health.healthy());
        out.number("streak", health.streak());
        out.text("detail", health.detail());
    }

    private static Health health(Node in) {
        return new Health(in.need("healthy").truth(), in.need("streak").count(), in.text("detail"));
    }

    private static void fields(JsonOut out, Probe probe) throws IOException {
        out.number("port", probe.port());
        out.text("path", probe.path());
        out.truth("passing", probe.passing());
        out.millis("steadyMs", probe.steady());
    }

    private static Probe probe(Node in) {
        return new Probe(
                in.need("port").count(),
                in.need("path").text(),
                in.need("passing").truth(),
                in.need("steadyMs").millis());
    }

    private static void fields(JsonOut out, Hook hook) throws IOException {
        out.text("state", hook.state().name());
        out.text("detail", hook.detail());
    }

    private static Hook hook(Node in) {
        return new Hook(in.need("state").word(HookState.class), in.text("detail"));
    }

    private static void fields(JsonOut out, Result result) throws IOException {
        out.text("order", result.order());
        out.truth("ok", result.ok());
        out.text("detail", result.detail());
    }

    private static Result result(Node in) {
        return new Result(in.need("order").text(), in.need("ok").truth(), in.text("detail"));
    }
}
