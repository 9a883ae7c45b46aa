package io.ebb.orchestrator.api;

import io.ebb.orchestrator.fleet.Reception;
import io.ebb.orchestrator.identity.Roles;
import io.ebb.protocol.MalformedException;
import io.ebb.protocol.ReportJson;
import io.ebb.protocol.WishJson;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Agents: the whole view in, the whole wish out. */
@Controller("/agent/v1")
@Secured(Roles.AGENT)
@ExecuteOn(TaskExecutors.BLOCKING)
final class AgentController {
    private static final Logger LOG = LoggerFactory.getLogger(AgentController.class);

    private final Reception reception;

    AgentController(Reception reception) {
        this.reception = reception;
    }

    /** Takes a report. The text is kept as it came: what was misread can be read again. */
    @Post("/reports")
    @Consumes(MediaType.APPLICATION_JSON)
    HttpResponse<?> report(HttpRequest<?> request, Authentication agent, @Body String json) {
        try {
            var report = ReportJson.read(json.getBytes(StandardCharsets.UTF_8));
            var wish = reception.accept(agent.getName(), json, report);
            return HttpResponse.ok(new String(WishJson.write(wish), StandardCharsets.UTF_8))
                    .contentType(MediaType.APPLICATION_JSON_TYPE);
        } catch (MalformedException e) {
            LOG.warn("reading a report of {}: {}", agent.getName(), e.getMessage());
            return Problem.of(request, HttpStatus.BAD_REQUEST, "Malformed", words(e)).answer();
        } catch (Reception.NotReadyException e) {
            return Problem.of(request, HttpStatus.SERVICE_UNAVAILABLE, "NotReady", words(e))
                    .answer();
        } catch (Reception.RefusedException e) {
            LOG.warn("refusing a report of {}: {}", agent.getName(), e.getMessage());
            return Problem.of(request, HttpStatus.FORBIDDEN, "Forbidden", words(e)).answer();
        }
    }

    private static String words(RuntimeException e) {
        return String.valueOf(e.getMessage());
    }
}
