package io.ebb.simulator.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ebb.simulator.maintenance.EventType;
import io.ebb.simulator.maintenance.Source;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Announces an event. */
@Command(name = "event", description = "Announces maintenance of machines.")
final class EventCommand implements Callable<Integer> {
    @Mixin private Client client = new Client();

    @Option(names = "--type", required = true, description = "${COMPLETION-CANDIDATES}")
    private EventType type = EventType.Reboot;

    @Option(names = "--vm", required = true, split = ",", description = "may be repeated")
    private List<String> vms = List.of();

    @Option(names = "--notice", description = "until NotBefore, like 60s (Azure's minimum)")
    private Optional<String> notice = Optional.empty();

    @Option(names = "--impact", description = "how long it is paused or down, like 8s (8s)")
    private Optional<String> impact = Optional.empty();

    @Option(
            names = "--settle",
            description = "from the end of the impact until the event leaves the document")
    private Optional<String> settle = Optional.empty();

    @Option(names = "--source", description = "${COMPLETION-CANDIDATES} (Platform)")
    private Optional<Source> source = Optional.empty();

    @Option(names = "--description", description = "the text of the event")
    private Optional<String> text = Optional.empty();

    @Option(names = "--duration-seconds", description = "what the event claims; -1 is unknown")
    private Optional<Integer> durationSeconds = Optional.empty();

    @Option(names = "--straight-to-started", description = "without an announcement")
    private boolean straightToStarted;

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var body = JsonNodeFactory.instance.objectNode().put("type", type.name());
        vms.forEach(body.putArray("vms")::add);
        notice.ifPresent(value -> body.put("notice", value));
        impact.ifPresent(value -> body.put("impact", value));
        settle.ifPresent(value -> body.put("settle", value));
        source.ifPresent(value -> body.put("source", value.name()));
        text.ifPresent(value -> body.put("description", value));
        durationSeconds.ifPresent(value -> body.put("durationSeconds", value));
        body.put("straightToStarted", straightToStarted);
        var line = spec.commandLine();
        return client.send("POST", "/events", body.toString(), line.getOut(), line.getErr());
    }
}
