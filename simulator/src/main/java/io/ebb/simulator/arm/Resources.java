package io.ebb.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebb.simulator.scenario.Scenario;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * All resources, each with two trees: the goal, which a GET shows as soon as a write is answered,
 * and the effect, which the data plane works by and which follows when the operation has succeeded.
 *
 * <p>A load balancer and its parts share one etag. Safe for use by many threads.
 */
public final class Resources {

    /** One top-level resource. */
    private static final class Stored {
        ObjectNode goal;
        ObjectNode effect;

        Stored(ObjectNode goal) {
            this.goal = goal;
            this.effect = goal;
        }
    }

    private final Map<String, Stored> stored = new LinkedHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private long etags;

    /** The resources of a scenario, in effect. */
    public Resources(Scenario scenario) {
        for (var resource : Seed.of(scenario)) {
            var id = new ResourceId(resource.path("id").asText());
            stored.put(id.key(), new Stored(Etags.stamp(resource, nextEtag())));
        }
    }

    /** What a GET of this id answers: a resource or a part of one, with what is derived. */
    public synchronized Optional<ObjectNode> get(String id) {
        var wanted = new ResourceId(id);
        if (!wanted.isComplete()) {
            return Optional.empty();
        }
        return goal(wanted.top().text()).flatMap(top -> Views.find(view(top), wanted));
    }

    /** What a GET of a collection answers, in the order of creation; empty if there is none. */
    public synchronized List<ObjectNode> list(String subscription, String group, String type) {
        return stored.values().stream()
                .map(s -> s.goal)
                .filter(tree -> Views.isListed(tree, subscription, group, type))
                .map(this::view)
                .toList();
    }

    /** Every member of every pool as the data plane knows it now. */
    public synchronized List<Membership> inEffect() {
        return Memberships.of(trees(false));
    }

    /** Has a task run after each change that the data plane can see; it must be quick. */
    public void onEffect(Runnable listener) {
        listeners.add(listener);
    }

    /** Replaces a resource at once, goal and effect: what somebody else does in Azure meanwhile. */
    public void replace(ObjectNode tree) {
        var id = tree.path("id").asText();
        setGoal(id, tree);
        takeEffect(id);
    }

    /** Deletes a resource, also from the data plane. */
    void remove(String topId) {
        synchronized (this) {
            var before = Memberships.of(trees(false));
            stored.remove(ResourceId.key(topId));
            rollPools(before, Memberships.of(trees(false)));
        }
        listeners.forEach(Runnable::run);
    }

    /** Deletes a machine together with its network interfaces, as scale sets delete theirs. */
    public void removeMachine(String name) {
        for (var id : ofMachine(name)) {
            remove(id);
        }
    }

    /** The ids of a machine's interfaces and its own, by its name. */
    private synchronized List<String> ofMachine(String name) {
        var ids = new ArrayList<String>();
        for (var entry : stored.values()) {
            var id = new ResourceId(entry.goal.path("id").asText());
            var owner = entry.goal.at("/properties/virtualMachine/id").asText();
            boolean isOwned =
                    !owner.isEmpty() && new ResourceId(owner).name().equalsIgnoreCase(name);
            boolean isIt =
                    id.isOf("Microsoft.Compute/virtualMachines")
                            && id.name().equalsIgnoreCase(name);
            if (isOwned || isIt) {
                ids.add(id.text());
            }
        }
        return ids;
    }

    /** The interfaces of a machine belong to no machine any more. */
    synchronized void detach(String vmId) {
        for (var entry : stored.values()) {
            for (var tree : List.of(entry.goal, entry.effect)) {
                if (ResourceId.same(tree.at("/properties/virtualMachine/id").asText(), vmId)) {
                    Json.properties(tree).remove("virtualMachine");
                }
            }
        }
    }

    /** A copy of the tree that the last write asked for, without what is derived. */
    synchronized Optional<ObjectNode> goal(String topId) {
        return Optional.ofNullable(stored.get(ResourceId.key(topId))).map(s -> s.goal.deepCopy());
    }

    /** Stores what a write asks for under a new etag, and answers what a GET now shows. */
    synchronized ObjectNode setGoal(String topId, ObjectNode tree) {
        var goal = Etags.stamp(tree.deepCopy(), nextEtag());
        var entry = stored.get(ResourceId.key(topId));
        if (entry == null) {
            var fresh = new Stored(goal);
            fresh.effect = Json.object();
            stored.put(ResourceId.key(topId), fresh);
        } else {
            entry.goal = goal;
        }
        return view(goal.deepCopy());
    }

    /** The data plane now works by the goal. */
    void takeEffect(String topId) {
        synchronized (this) {
            var entry = stored.get(ResourceId.key(topId));
            if (entry == null) {
                return;
            }
            var before = Memberships.of(trees(false));
            entry.effect = entry.goal;
            rollPools(before, Memberships.of(trees(false)));
        }
        listeners.forEach(Runnable::run);
    }

    /** The goal is given up: a GET shows again what is in effect, under a new etag. */
    synchronized void revert(String topId) {
        var entry = stored.get(ResourceId.key(topId));
        if (entry != null && entry.effect.isEmpty()) {
            stored.remove(ResourceId.key(topId));
        } else if (entry != null) {
            entry.goal = Etags.stamp(entry.effect.deepCopy(), nextEtag());
        }
    }

    /** Marks the goal, under a new etag. */
    synchronized void provisioningState(String topId, String state) {
        var entry = stored.get(ResourceId.key(topId));
        if (entry != null) {
            Json.properties(entry.goal).put("provisioningState", state);
            Etags.stamp(entry.goal, nextEtag());
        }
    }

    /** Members of a pool as the goals of all interfaces name them. */
    synchronized List<Membership> asked() {
        return Memberships.of(trees(true));
    }

    /**
     * A join or leave gives the load balancer a new etag, and forgets the admin state of who left.
     */
    private void rollPools(List<Membership> before, List<Membership> after) {
        for (var entry : stored.values()) {
            var id = new ResourceId(entry.goal.path("id").asText());
            if (!id.isOf("Microsoft.Network/loadBalancers")) {
                continue;
            }
            if (!Memberships.inPoolsOf(id, before).equals(Memberships.inPoolsOf(id, after))) {
                boolean settled = entry.goal.equals(entry.effect);
                entry.goal =
                        Etags.stamp(Memberships.forget(entry.goal.deepCopy(), after), nextEtag());
                entry.effect =
                        settled ? entry.goal : Memberships.forget(entry.effect.deepCopy(), after);
            }
        }
    }

    private ObjectNode view(ObjectNode tree) {
        return Views.withDerived(tree.deepCopy(), Memberships.of(trees(false)));
    }

    private List<ObjectNode> trees(boolean goals) {
        var trees = new ArrayList<ObjectNode>();
        stored.values().forEach(s -> trees.add(goals ? s.goal : s.effect));
        return trees;
    }

    private String nextEtag() {
        var seed = "etag " + ++etags;
        return "W/\"" + UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)) + "\"";
    }
}
