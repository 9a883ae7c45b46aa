package io.ebb.orchestrator.api;

import io.ebb.orchestrator.identity.Credentials;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Tokens in memory. */
@Singleton
@Primary
@Requires(env = "fakes")
final class FakeCredentials implements Credentials {
    private final Map<String, Owner> owners = new ConcurrentHashMap<>();

    @Override
    public String issue(Owner owner) {
        owners.values().remove(owner);
        var token = owner.name() + "." + UUID.randomUUID();
        owners.put(token, owner);
        return token;
    }

    @Override
    public Optional<Owner> whose(String token) {
        return Optional.ofNullable(owners.get(token));
    }

    @Override
    public boolean any(Role role) {
        return owners.values().stream().anyMatch(owner -> owner.role() == role);
    }
}
