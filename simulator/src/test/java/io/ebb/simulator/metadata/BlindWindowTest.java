package io.ebb.simulator.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.simulator.TestClock;
import io.ebb.simulator.control.Faults;
import io.ebb.simulator.control.MetadataFault;
import io.ebb.simulator.control.Record;
import io.ebb.simulator.machine.FakeLauncher;
import io.ebb.simulator.machine.Program;
import io.ebb.simulator.machine.VirtualMachine;
import io.ebb.simulator.maintenance.Controller;
import io.ebb.simulator.maintenance.EventRepository;
import io.ebb.simulator.maintenance.EventType;
import io.ebb.simulator.maintenance.HostAgent;
import io.ebb.simulator.maintenance.Source;
import io.ebb.simulator.maintenance.Work;
import io.ebb.simulator.scenario.ScenarioReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A freshly enabled endpoint shows no events for some minutes, although there are some. */
@Timeout(10)
class BlindWindowTest {
    private static final Duration WINDOW = Duration.ofMinutes(5);

    @TempDir private Path folder;

    private final TestClock clock = new TestClock();
    private final Faults faults = new Faults();
    private final EventRepository repository = new EventRepository("web", Duration.ZERO);
    private final List<MetadataServer> servers = new ArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Controller controller;

    @BeforeEach
    void twoMachinesOfOneSet() throws IOException {
        start("0s");
    }

    private void start(String firstEvents) throws IOException {
        var scenario =
                ScenarioReader.read(
                        """
                        vms: [{ name: web-0, address: 127.0.0.1 }, { name: web-1, address: 127.0.0.2 }]
                        timings: { firstEvents: %s }
                        """
                                .formatted(firstEvents));
        var record = new Record(clock);
        var machines = new LinkedHashMap<VirtualMachine, EventRepository>();
        var host = new HostAgent("node-0");
        for (var vm : scenario.vms()) {
            var guest = new Program(List.of("guest"), Map.of());
            var place = folder.resolve(vm.name());
            var machine =
                    new VirtualMachine(
                            vm, place, guest, 0, new FakeLauncher(), (_, _) -> {}, record);
            machine.powerOn(Duration.ZERO);
            host.place(machine, repository);
            machines.put(machine, repository);
        }
        controller = new Controller(List.of(host), machines, scenario.timings(), record, clock);
        var neighbours = new Neighbours(controller, (_, _) -> "", _ -> true, faults);
        close();
        for (var machine : machines.keySet()) {
            servers.add(new MetadataServer(scenario, machine, 0, repository, neighbours, clock));
        }
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        close();
    }

    private void close() {
        servers.forEach(MetadataServer::close);
        servers.clear();
    }

    private void announce() {
        controller.schedule(
                Work.of(
                        EventType.Reboot,
                        List.of("web-1"),
                        Duration.ofSeconds(8),
                        Source.Platform));
    }

    private boolean shows(int vm) throws Exception {
        var address = servers.get(vm).address();
        var uri =
                "http://%s:%d/metadata/scheduledevents?api-version=2020-07-01"
                        .formatted(address.getAddress().getHostAddress(), address.getPort());
        var request = HttpRequest.newBuilder(URI.create(uri)).header("Metadata", "true");
        return client.send(request.build(), BodyHandlers.ofString()).body().contains("Reboot");
    }

    @Test
    void anEventWithinTheWindowIsShownByOthersAndByTheFreshOneWhenItIsOver() throws Exception {
        start("5m");
        shows(0);
        clock.forward(WINDOW);
        shows(1);
        announce();

        assertThat(shows(0)).isTrue();
        assertThat(shows(1)).isFalse();
        clock.forward(WINDOW.minusSeconds(1));
        assertThat(shows(1)).isFalse();
        clock.forward(Duration.ofSeconds(1));
        assertThat(shows(1)).isTrue();
    }

    @Test
    void aServiceThatWasOffForADayIsFreshAgain() throws Exception {
        start("5m");
        shows(0);
        clock.forward(Duration.ofHours(25));
        announce();

        assertThat(shows(0)).isFalse();
        clock.forward(WINDOW);
        assertThat(shows(0)).isTrue();
    }

    @Test
    void noWindowIsTheDefault() throws Exception {
        announce();

        assertThat(shows(1)).isTrue();
    }

    @Test
    void theSwitchBlindsOneMachineAndNoOther() throws Exception {
        announce();
        faults.metadata(
                Optional.of("web-1"),
                new MetadataFault.Blind(clock.instant().plus(WINDOW)),
                Faults.ALWAYS);

        assertThat(shows(0)).isTrue();
        assertThat(shows(1)).isFalse();
        clock.forward(WINDOW);
        assertThat(shows(1)).isTrue();
    }
}
