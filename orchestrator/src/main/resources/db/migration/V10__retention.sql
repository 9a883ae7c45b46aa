-- What retention looks for.
create index drain_closed on drain (closed);
create index timeline_happened on timeline (happened);
create index approve_order_ends on approve_order (ends);
