package io.ebb.simulator.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An order in which everything comes after what it depends on, otherwise as it is written. */
final class Order {
    private final List<Planned> written;
    private final List<Planned> ordered = new ArrayList<>();

    /** Whether what it depends on is being looked at, or in the order already. */
    private final Map<Planned, Boolean> done = new LinkedHashMap<>();

    private Order(List<Planned> written) {
        this.written = written;
    }

    /**
     * Puts them in order.
     *
     * @throws InvalidTemplateException if two have the same id, one depends on what is not there,
     *     or two on each other
     */
    static List<Planned> of(List<Planned> written) {
        var order = new Order(written);
        for (var resource : written) {
            if (written.stream().filter(r -> r.id().equalsIgnoreCase(resource.id())).count() > 1) {
                throw new InvalidTemplateException(
                        "The resource '%s' is defined multiple times in a template."
                                .formatted(resource.name()));
            }
            order.place(resource);
        }
        return List.copyOf(order.ordered);
    }

    private void place(Planned resource) {
        var known = done.get(resource);
        if (known != null && !known) {
            throw new InvalidTemplateException(
                    "Circular dependency detected on resource: '%s'.".formatted(resource.id()));
        }
        if (known != null) {
            return;
        }
        done.put(resource, false);
        for (var needed : resource.dependsOn()) {
            var found = written.stream().filter(r -> isMeant(r, needed)).toList();
            if (found.isEmpty()) {
                throw new InvalidTemplateException(
                        "The resource '%s' is not defined in the template.".formatted(needed));
            }
            found.forEach(this::place);
        }
        done.put(resource, true);
        ordered.add(resource);
    }

    private static boolean isMeant(Planned resource, String needed) {
        return resource.id().equalsIgnoreCase(needed)
                || resource.name().equalsIgnoreCase(needed)
                || resource.loop().equalsIgnoreCase(needed);
    }
}
