package io.ebb.orchestrator.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the one line that an agent needs; for several VMs one line each, in their order. */
@Command(
        name = "enroll",
        description = "Prints the line that the agent of a VM needs; its former token is void.",
        mixinStandardHelpOptions = true)
public final class Enroll implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "VM", arity = "1..*", description = "the VMs' resource names")
    private List<String> vms = List.of();

    @Mixin private final Where where = new Where();

    @Override
    public Integer call() {
        var command = Objects.requireNonNull(spec).commandLine();
        try {
            var orchestrator = where.orchestrator();
            for (var vm : vms) {
                command.getOut().println(line(orchestrator, vm));
            }
            command.getOut().flush();
            return 0;
        } catch (Orchestrator.FailedException e) {
            command.getErr().println("enrolling " + String.join(", ", vms) + ": " + e.getMessage());
            command.getErr().flush();
            return 1;
        }
    }

    private static String line(Orchestrator orchestrator, String vm) {
        var name = URLEncoder.encode(vm, StandardCharsets.UTF_8).replace("+", "%20");
        var answer = orchestrator.post("/v1/agents/" + name + ":enroll");
        return "EBB_JOIN=%s#%s.%s"
                .formatted(
                        answer.path("url").asText(),
                        answer.path("fingerprint").asText(),
                        answer.path("token").asText());
    }
}
