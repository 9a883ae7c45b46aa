package io.ebb.orchestrator.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebb.orchestrator.pool.CloudException;
import io.ebb.orchestrator.pool.LoadBalancer.Change;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes changes of membership in the tree of a network interface, and keeps Ebb's tags with them.
 */
final class NicEdit {
    private static final Logger LOG = LoggerFactory.getLogger(NicEdit.class);

    private final Nic nic;
    private final boolean tags;
    private boolean changed;

    private NicEdit(Nic nic, boolean tags) {
        this.nic = nic;
        this.tags = tags;
    }

    /**
     * The tree with the changes made; the same tree when it has them all already.
     *
     * @param tags whether to write what is taken out into the tags
     */
    static Nic of(Nic looked, List<Change> changes, boolean tags) {
        var edit = new NicEdit(looked.copy(), tags);
        for (var change : changes) {
            if (change instanceof Change.Leave) {
                edit.leave(saved(looked, change), looked);
            }
        }
        changes.stream()
                .filter(Change.Join.class::isInstance)
                .map(change -> saved(looked, change))
                .sorted(Comparator.comparingInt(Saved::index))
                .forEach(edit::join);
        if (!edit.changed) {
            return looked;
        }
        edit.dropStaleTags();
        return edit.nic;
    }

    /** Whether the tree has every change. */
    static boolean isMade(Nic nic, List<Change> changes) {
        return changes.stream()
                .allMatch(change -> {
                    var saved = saved(nic, change);
                    return nic.isIn(saved.ipConfig(), saved.pool())
                            == (change instanceof Change.Join);
                });
    }

    static Saved saved(Nic nic, Change change) {
        var text =
                switch (change) {
                    case Change.Leave(_, var saved) -> saved;
                    case Change.Join(_, var saved) -> saved;
                };
        return Saved.read(text)
                .orElseThrow(() ->
                        new CloudException.Permanent(
                                "editing "
                                        + nic.name()
                                        + ": its saved state is not readable: "
                                        + text,
                                null));
    }

    private void leave(Saved saved, Nic looked) {
        if (!nic.isIn(saved.ipConfig(), saved.pool())) {
            return;
        }
        nic.leave(saved.ipConfig(), saved.pool());
        changed = true;
        if (tags) {
            tag(new OutTag(saved.ipConfig(), saved.index(), saved.pool(), isBare(looked)));
        }
    }

    private void join(Saved saved) {
        if (nic.isIn(saved.ipConfig(), saved.pool())) {
            var tag = OutTag.name(saved.ipConfig(), saved.pool());
            changed |= nic.tree().path("tags").has(tag);
            return;
        }
        if (!nic.join(saved)) {
            throw new CloudException.Permanent(
                    "putting %s back into pool %s: %s has no IP configuration %s any more"
                            .formatted(
                                    nic.machine(),
                                    new ArmId(saved.pool()).name(),
                                    nic.name(),
                                    saved.ipConfig()),
                    null);
        }
        changed = true;
    }

    /** No tags but those of Ebb's that say so themselves. */
    private static boolean isBare(Nic looked) {
        var all = looked.tree().path("tags");
        return !all.isObject()
                || (!all.isEmpty()
                        && OutTag.of(looked.tree()).stream().filter(OutTag::bare).count()
                                == all.size());
    }

    private void tag(OutTag tag) {
        var hindrance = untaggable(nic, tag);
        if (hindrance.isPresent()) {
            LOG.warn(
                    "taking {} out of {}: {} carries no tag of it ({}), so only the ledger knows",
                    nic.machine(),
                    tag.pool(),
                    nic.name(),
                    hindrance.get());
            return;
        }
        nic.tree().withObjectProperty("tags").put(tag.name(), tag.value(nic.id()).orElseThrow());
    }

    /** Why an interface cannot carry the tag of a membership, if so. */
    static Optional<String> untaggable(Nic nic, Saved saved) {
        return untaggable(
                nic, new OutTag(saved.ipConfig(), saved.index(), saved.pool(), isBare(nic)));
    }

    private static Optional<String> untaggable(Nic nic, OutTag tag) {
        if (tag.value(nic.id()).isEmpty()) {
            return Optional.of("too long");
        }
        var count = nic.tree().path("tags").size();
        return count >= OutTag.MOST_TAGS ? Optional.of(count + " tags already") : Optional.empty();
    }

    /** A tag goes with its put-back, whoever made it; the last one takes an empty object along. */
    private void dropStaleTags() {
        if (!(nic.tree().path("tags") instanceof ObjectNode all)) {
            return;
        }
        var stale = new ArrayList<OutTag>();
        for (var tag : OutTag.of(nic.tree())) {
            if (nic.isIn(tag.ipConfig(), tag.pool())) {
                stale.add(tag);
                all.remove(tag.name());
            }
        }
        if (all.isEmpty() && stale.stream().anyMatch(OutTag::bare)) {
            nic.tree().remove("tags");
        }
    }
}
