package io.ebb.simulator.control;

import io.ebb.simulator.maintenance.EventRepository;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Switches on what {@code POST /faults} asks for. */
record FaultReader(Faults faults, Set<EventRepository> repositories, InstantSource time) {

    FaultReader {
        repositories = Set.copyOf(repositories);
    }

    void clear() {
        faults.clear();
        repositories.forEach(repository -> repository.step(1));
    }

    void apply(Body body) {
        var metadata = body.object("metadata");
        var arm = body.object("arm");
        if (metadata.isEmpty() && arm.isEmpty()) {
            throw new BadRequest("expected one of metadata, arm");
        }
        metadata.ifPresent(fault -> metadata(body.text("vm"), fault));
        arm.ifPresent(this::arm);
    }

    private void metadata(Optional<String> vm, Body body) {
        var chosen = chosen(body);
        var step = body.integer("incarnationStep");
        boolean reset = body.flag("disabled");
        step.ifPresent(by -> repositories.forEach(repository -> repository.step(by)));
        if (reset) {
            repositories.forEach(EventRepository::disable);
        }
        if (chosen.isEmpty() && step.isEmpty() && !reset) {
            throw new BadRequest("metadata: no fault that is known");
        }
        int times = body.integer("times").orElse(Faults.ALWAYS);
        chosen.forEach(fault -> faults.metadata(vm, fault, times));
    }

    private List<MetadataFault> chosen(Body body) {
        var chosen = new ArrayList<MetadataFault>();
        body.integer("status").map(MetadataFault.Status::new).ifPresent(chosen::add);
        body.duration("hang").map(MetadataFault.Hang::new).ifPresent(chosen::add);
        body.duration("blind").map(this::blind).ifPresent(chosen::add);
        body.integer("requestsPerSecond").map(MetadataFault.RateLimit::new).ifPresent(chosen::add);
        flag(body, "emptyBody", new MetadataFault.EmptyBody(), chosen);
        flag(body, "stale", new MetadataFault.Stale(), chosen);
        flag(body, "duplicate", new MetadataFault.Duplicate(), chosen);
        flag(body, "otherCase", new MetadataFault.OtherCase(), chosen);
        flag(body, "wrongWeekday", new MetadataFault.WrongWeekday(), chosen);
        flag(body, "unknownIdApproved", new MetadataFault.UnknownIdApproved(), chosen);
        flag(body, "approvalsFail", new MetadataFault.ApprovalsFail(), chosen);
        flag(body, "answersDuringFreeze", new MetadataFault.AnswersDuringFreeze(), chosen);
        return chosen;
    }

    private MetadataFault blind(Duration duration) {
        return new MetadataFault.Blind(time.instant().plus(duration));
    }

    private static void flag(
            Body body, String field, MetadataFault fault, List<MetadataFault> chosen) {
        if (body.flag(field)) {
            chosen.add(fault);
        }
    }

    private void arm(Body body) {
        int times = body.integer("times").orElse(1);
        var operation = body.text("operation");
        if (operation.isPresent()) {
            faults.endOperations(operation.get(), times);
            return;
        }
        var requests = new Faults.Requests(body.requiredText("method"), body.requiredText("path"));
        var hang = body.duration("hang");
        if (hang.isPresent()) {
            faults.hang(new Faults.Hang(requests, hang.get()), times);
            return;
        }
        faults.refuse(
                new Faults.Refusal(
                        requests,
                        body.integer("status").orElse(500),
                        body.text("code").orElse("InternalServerError"),
                        body.duration("retryAfter")),
                times);
    }
}
