package io.ebb.integration.artefact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import io.ebb.demo.fleet.Await;
import io.kubernetes.client.custom.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;

/**
 * The orchestrator's pod as the chart renders it, run by Docker in place of a kubelet, in the
 * network of this machine. What it says and this does not know how to do is refused.
 */
final class Pod implements AutoCloseable {
    private static final Set<String> SPEC =
            Set.of(
                    "automountServiceAccountToken",
                    "containers",
                    "enableServiceLinks",
                    "securityContext",
                    "serviceAccountName",
                    "terminationGracePeriodSeconds",
                    "volumes");
    private static final Set<String> CONTAINER =
            Set.of(
                    "args",
                    "command",
                    "env",
                    "image",
                    "imagePullPolicy",
                    "livenessProbe",
                    "name",
                    "ports",
                    "readinessProbe",
                    "resources",
                    "securityContext",
                    "startupProbe",
                    "volumeMounts");

    private final Manifests manifests;
    private final JsonNode spec;
    private final JsonNode container;
    private final GenericContainer<?> box;

    private Pod(Manifests manifests, Path folder, String volumes) throws IOException {
        this.manifests = manifests;
        spec = document("Deployment").at("/spec/template/spec");
        container = spec.at("/containers/0");
        refuseUnknown(spec, SPEC);
        refuseUnknown(container, CONTAINER);
        box = new GenericContainer<>(container.path("image").asText()).withNetworkMode("host");
        box.withEnv(environment());
        var tmpfs = new HashMap<String, String>();
        var binds = new ArrayList<Bind>();
        for (var mount : container.path("volumeMounts")) {
            mount(mount, folder, volumes, tmpfs, binds);
        }
        box.withTmpFs(tmpfs);
        box.withCreateContainerCmdModifier(command -> restrict(command, binds));
    }

    /**
     * Starts it, and waits until its probes succeed.
     *
     * @param folder where files for it are put
     * @param volumes what the names of volumes begin with; claims of one name share a volume
     */
    static Pod start(Manifests manifests, Path folder, String volumes) throws IOException {
        var pod = new Pod(manifests, folder, volumes);
        try {
            pod.box.start();
            for (var name : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                var probe = pod.container.path(name).path("httpGet");
                assertThat(
                                Await.until(
                                        pod.patience(),
                                        () ->
                                                pod.box.isRunning()
                                                        && Kubelet.succeeds(pod.url(), probe)))
                        .as(name)
                        .isTrue();
            }
            return pod;
        } catch (AssertionError | RuntimeException e) {
            var log = pod.box.getContainerId() == null ? "" : pod.box.getLogs();
            pod.close();
            throw new AssertionError("starting the pod: " + e.getMessage() + "\n" + log, e);
        }
    }

    /** How long the manifest gives it to start. */
    private Duration patience() {
        var probe = container.path("startupProbe");
        return Duration.ofSeconds(
                probe.path("periodSeconds").asLong() * probe.path("failureThreshold").asLong());
    }

    /** Where it serves. */
    String url() {
        return "https://127.0.0.1:" + container.at("/ports/0/containerPort").asInt();
    }

    /** Runs something in it, as {@code kubectl exec} does. */
    String exec(String... command) throws IOException, InterruptedException {
        ExecResult result = box.execInContainer(command);
        if (result.getExitCode() != 0) {
            throw new AssertionError(List.of(command) + ": " + result.getStderr());
        }
        return result.getStdout();
    }

    /** Ends it in order, within its grace period, and gives its exit status. */
    long stop() {
        var client = DockerClientFactory.instance().client();
        int grace = spec.path("terminationGracePeriodSeconds").asInt();
        client.stopContainerCmd(box.getContainerId()).withTimeout(grace).exec();
        return Objects.requireNonNull(box.getCurrentContainerInfo().getState().getExitCodeLong());
    }

    @Override
    public void close() {
        box.stop();
    }

    private Map<String, String> environment() {
        var environment = new HashMap<String, String>();
        for (var variable : container.path("env")) {
            refuseUnknown(variable, Set.of("name", "value"));
            environment.put(variable.path("name").asText(), variable.path("value").asText());
        }
        return environment;
    }

    private void mount(
            JsonNode mount,
            Path folder,
            String volumes,
            Map<String, String> tmpfs,
            List<Bind> binds)
            throws IOException {
        var path = mount.path("mountPath").asText();
        var volume = named(spec.path("volumes"), mount.path("name").asText());
        var readOnly = mount.path("readOnly").asBoolean() ? ":ro" : "";
        if (volume.has("persistentVolumeClaim")) {
            var claim = volume.at("/persistentVolumeClaim/claimName").asText();
            binds.add(Bind.parse(volumes + claim + ":" + path + readOnly));
        } else if (volume.has("emptyDir")) {
            var limit = Quantity.fromString(volume.at("/emptyDir/sizeLimit").asText());
            tmpfs.put(path, "size=" + limit.getNumber().longValueExact());
        } else if (volume.has("hostPath")) {
            binds.add(Bind.parse(volume.at("/hostPath/path").asText() + ":" + path + readOnly));
        } else if (volume.has("configMap")) {
            var key = mount.path("subPath").asText();
            var file = Files.createTempFile(folder, "map", key);
            Files.writeString(file, document("ConfigMap").path("data").path(key).asText());
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            binds.add(Bind.parse(file + ":" + path + readOnly));
        } else {
            throw new AssertionError("not understood: " + volume);
        }
    }

    private void restrict(CreateContainerCmd command, List<Bind> binds) {
        var host = Objects.requireNonNull(command.getHostConfig());
        var all = new ArrayList<Bind>(binds);
        host.withBinds(all);
        var user = spec.path("securityContext");
        refuseUnknown(
                user,
                Set.of(
                        "fsGroup",
                        "fsGroupChangePolicy",
                        "runAsGroup",
                        "runAsNonRoot",
                        "runAsUser",
                        "seccompProfile"));
        command.withUser(user.path("runAsUser").asText() + ":" + user.path("runAsGroup").asText());
        command.withEntrypoint(texts(container.path("command")));
        command.withCmd(texts(container.path("args")));
        var context = container.path("securityContext");
        refuseUnknown(
                context,
                Set.of("allowPrivilegeEscalation", "capabilities", "readOnlyRootFilesystem"));
        host.withReadonlyRootfs(context.path("readOnlyRootFilesystem").asBoolean());
        host.withCapDrop(
                texts(context.at("/capabilities/drop")).stream()
                        .map(Capability::valueOf)
                        .toArray(Capability[]::new));
        if (!context.path("allowPrivilegeEscalation").asBoolean(true)) {
            host.withSecurityOpts(List.of("no-new-privileges:true"));
        }
        var memory = Quantity.fromString(container.at("/resources/limits/memory").asText());
        host.withMemory(memory.getNumber().longValueExact());
    }

    private JsonNode document(String kind) {
        return manifests.documents().stream()
                .filter(document -> document.path("kind").asText().equals(kind))
                .filter(document -> !document.at("/metadata/name").asText().equals("notes"))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode named(JsonNode list, String name) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(one -> one.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
    }

    private static void refuseUnknown(JsonNode node, Set<String> known) {
        for (var field : node.properties()) {
            if (!known.contains(field.getKey())) {
                throw new AssertionError("not understood: " + field);
            }
        }
    }
}
