package io.ebb.simulator.arm;

/** Who carries out a PUT, by the kind of the resource. */
record Writes(
        NicWrites nics, BalancerWrites balancers, MachineWrites machines, PlainWrites others) {

    Answer put(ResourceId id, Request request) throws InterruptedException {
        if (id.isOf(Memberships.BALANCERS)) {
            if (id.isTop()) {
                return balancers.putBalancer(id, request);
            }
            if (id.segments().size() == 11 && id.collection().equals("backendAddressPools")) {
                return balancers.putPool(id, request);
            }
        }
        if (!id.isTop()) {
            throw Refusal.methodNotAllowed("PUT");
        }
        if (id.isOf(Memberships.NICS)) {
            return nics.put(id, request);
        }
        return id.isOf(MachineWrites.VMS) ? machines.put(id, request) : others.put(id, request);
    }
}
