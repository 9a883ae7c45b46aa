package io.ebb.orchestrator.azure;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Resource groups, which is what ARM lists by. */
final class Groups {
    /** Requests under way at once. */
    static final int AT_ONCE = 8;

    private Groups() {}

    /** The resource groups of these resources, each once. */
    static Set<String> of(Collection<String> ids) {
        var groups = new HashSet<String>();
        ids.forEach(id -> groups.add(new ArmId(id).resourceGroup().toLowerCase(Locale.ROOT)));
        return groups;
    }

    /** One list out of a list per group. */
    static <T> Mono<List<T>> each(Collection<String> groups, Function<String, Mono<List<T>>> list) {
        return Flux.fromIterable(groups)
                .flatMap(list, AT_ONCE)
                .collectList()
                .map(lists -> lists.stream().flatMap(List::stream).toList());
    }
}
