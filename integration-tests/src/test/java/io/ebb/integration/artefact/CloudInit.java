package io.ebb.integration.artefact;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** A VM's custom data, as cloud-init reads it. */
record CloudInit(JsonNode config) {
    private static final String MARK = "#cloud-config\n";

    /**
     * Reads it.
     *
     * @throws AssertionError if cloud-init would not take it for one of its own
     */
    static CloudInit of(String customData) {
        if (!customData.startsWith(MARK)) {
            throw new AssertionError("does not begin with #cloud-config: " + customData);
        }
        return new CloudInit(Yaml.read(customData));
    }

    /** The file that it writes at a path. */
    JsonNode file(String path) {
        return config.path("write_files")
                .valueStream()
                .filter(file -> file.path("path").asText().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("writes no " + path));
    }

    /** The variables that the agent's unit reads from its file. */
    Map<String, String> agentSettings() {
        var settings = new LinkedHashMap<String, String>();
        file("/etc/ebb/agent.env")
                .path("content")
                .asText()
                .lines()
                .map(line -> line.split("=", 2))
                .forEach(pair -> settings.put(pair[0], pair[1]));
        return settings;
    }

    /** The script that it runs. */
    String script() {
        return config.at("/runcmd/0/2").asText();
    }
}
