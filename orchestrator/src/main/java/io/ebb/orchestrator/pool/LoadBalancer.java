package io.ebb.orchestrator.pool;

import io.ebb.orchestrator.drain.MemberId;
import io.ebb.orchestrator.drain.VmId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The pools' membership and the load balancer's own verdict on each member. One implementation per
 * kind of load balancer.
 */
public interface LoadBalancer {
    /**
     * Reads where the members of these VMs stand, now. A resource that cannot be read is in {@link
     * Reading#unread}, the others are still returned.
     *
     * @throws CloudException when nothing at all could be read
     */
    Reading read(Collection<Inventory.KnownVm> vms);

    /**
     * Makes these changes in one write, only if the resource is still as it was read, waits until
     * the write has taken effect, reads the resource again and verifies it.
     *
     * <p>Leaving a pool that the member is not in, or joining one that it is in, is no error and no
     * write, unless a {@link Claim.Back} is to be dropped.
     *
     * @param patience no request that changes something is sent, or waited for, beyond it; the
     *     operation that an accepted request began is followed for as long as it takes
     * @return the resource as verified after the write
     * @throws CloudException.Conflict it is not as it was read, or another write has undone this
     *     one: look again
     * @throws CloudException.Transient try again later, for instance because another write is under
     *     way; this one may or may not have taken effect
     * @throws CloudException.Permanent it will not work however often it is tried
     */
    Resource apply(Resource resource, List<Change> changes, Patience patience);

    /**
     * The places that the load balancer itself lists as a pool's members. Where membership lies on
     * another resource, this follows a write only once it has taken effect: a place that is still
     * listed is not out yet, whatever its own resource says.
     *
     * @return the {@link MemberId#place places}
     * @throws CloudException when it cannot be read
     */
    Set<String> listed(Inventory.KnownPool pool);

    /** What one look found. */
    record Reading(List<Resource> resources, List<Unread> unread) {
        public Reading {
            resources = List.copyOf(resources);
            unread = List.copyOf(unread);
        }
    }

    /**
     * A resource that could not be read.
     *
     * @param gone it does not exist any more
     */
    record Unread(VmId vm, String id, boolean gone, String why) {}

    /**
     * A resource whose write changes membership: a NIC.
     *
     * @param id its ARM id
     * @param lane writes with the same lane must not overlap: Azure refuses parallel writes to the
     *     NICs of one availability set
     * @param etag as it was read
     * @param guid the resource's own id ({@code resourceGuid}): another one means that it was
     *     recreated under the same name
     * @param places the pools that it is in now
     * @param claims what its own document says that Ebb took out of it
     * @param document the resource, verbatim; only the driver looks inside
     */
    record Resource(
            String id,
            VmId vm,
            String lane,
            String etag,
            String guid,
            List<Place> places,
            List<Claim> claims,
            Object document) {
        public Resource {
            places = List.copyOf(places);
            claims = List.copyOf(claims);
        }

        /** One whose document says nothing of Ebb's. */
        public Resource(
                String id,
                VmId vm,
                String lane,
                String etag,
                String guid,
                List<Place> places,
                Object document) {
            this(id, vm, lane, etag, guid, places, List.of(), document);
        }
    }

    /**
     * What a resource's own document says that Ebb took out: written in the same write as the
     * removal and dropped in the same write as the put-back, so that it survives a lost ledger.
     */
    sealed interface Claim {
        /** Where the document says so: the tag's name. */
        String tag();

        /**
         * The member is out.
         *
         * @param saved its exact earlier state, as {@link Place#saved} was
         */
        record Out(String tag, MemberId member, String saved) implements Claim {}

        /** The member is in its pool again, and not by Ebb's doing, who drops the tag with it. */
        record Back(String tag, MemberId member) implements Claim {}

        /**
         * It bears Ebb's mark, but says nothing that could be acted on.
         *
         * @param why in words
         */
        record Unreadable(String tag, String why) implements Claim {}
    }

    /** The load balancer's verdict on a member. */
    enum Verdict {
        /** Its probe is up for every rule. */
        UP,
        /** Its probe is down for a rule. */
        DOWN,
        /**
         * Its probe was down for a rule when the load balancer last answered, which is so long ago
         * that it may be up again.
         */
        WAS_DOWN,
        /** It has none: no probed rule, or not probed yet. */
        NONE
    }

    /**
     * A member that is in its pool.
     *
     * @param verdict what the load balancer says of it
     * @param saved its exact state, to be put back from; opaque text of the driver's
     * @param address the member's private address
     */
    record Place(MemberId id, Verdict verdict, String saved, String address) {}

    /** A wanted change of membership. */
    sealed interface Change {
        /** The member concerned. */
        MemberId member();

        /** Take it out of the pool; the document says in its tags what was taken, if it can. */
        record Leave(MemberId member, String saved) implements Change {}

        /** Put it back from its saved state. */
        record Join(MemberId member, String saved) implements Change {}
    }

    /**
     * What a person would type to put this member back without Ebb.
     *
     * @return a command line for {@code az}; empty when it cannot be told
     */
    Optional<String> byHand(MemberId member, String saved);

    /**
     * Why the removal of this member would leave no {@link Claim} on its resource, so that a lost
     * ledger would lose it; empty when it would leave one.
     */
    default Optional<String> traceless(Resource resource, Place place) {
        return Optional.empty();
    }
}
