package io.ebb.integration.artefact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.ebb.demo.fleet.Site;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The parameters of {@code vms.json}, for VMs that all stand on one machine. */
final class VmsParameters {
    static final String ARCHIVE = "https://ebb.example/ebb-agent.tar.gz";
    static final String SHA256 = "0123456789abcdef".repeat(4);

    private VmsParameters() {}

    /**
     * All that have no default, and those by which the VMs find each other here.
     *
     * @param group the id of the resource group
     * @param joins a line for each VM, in their order; fewer leave VMs without one
     */
    static Map<String, JsonNode> of(Site site, String group, List<String> joins) {
        var byVm = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < joins.size(); i++) {
            byVm.put(Site.VMS.get(i), joins.get(i));
        }
        var subnet = group + "/providers/Microsoft.Network/virtualNetworks/vnet/subnets/default";
        var parameters = new HashMap<String, JsonNode>();
        parameters.put("joins", byVm);
        parameters.put("agentArchive", TextNode.valueOf(ARCHIVE));
        parameters.put("agentArchiveSha256", TextNode.valueOf(SHA256));
        parameters.put("agentSettings", texts(agentSettings(site)));
        parameters.put("adminPublicKey", TextNode.valueOf("ssh-ed25519 AAAA"));
        parameters.put("subnetId", TextNode.valueOf(subnet));
        parameters.put("frontendPort", IntNode.valueOf(site.frontend().getPort()));
        parameters.put("backendPort", IntNode.valueOf(site.guestPort()));
        parameters.put("probePort", IntNode.valueOf(site.healthzPort()));
        return parameters;
    }

    /** The simulator fills in what differs between VMs. */
    private static List<String> agentSettings(Site site) {
        var guest = "http://{address}:" + site.guestPort();
        return List.of(
                "EBB_METADATA={metadata}",
                "EBB_BOOT_ID_FILE={bootIdFile}",
                "EBB_WATCH_ADDRESSES={address}",
                "EBB_PROBE={address}:" + site.healthzPort() + "/healthz",
                "EBB_HEALTH=" + guest + "/health",
                "EBB_DRAIN_HOOK=POST " + guest + "/admin/drain",
                "EBB_UNDRAIN_HOOK=POST " + guest + "/admin/undrain");
    }

    static JsonNode texts(List<String> texts) {
        var array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }
}
