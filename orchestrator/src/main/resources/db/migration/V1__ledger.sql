-- The same SQL runs on H2 (MODE=PostgreSQL) and on PostgreSQL. All times are the store's own.

-- The one lease. The counter of the timeline lives in the same row, so that whoever locks the row
-- to write also takes its numbers in the order of commits.
create table lease (
    id integer primary key,
    owner varchar not null,
    fence bigint not null,
    ends timestamp(6) with time zone not null,
    last_sequence bigint not null
);

insert into lease (id, owner, fence, ends, last_sequence)
values (1, '', 0, timestamp with time zone '1970-01-01 00:00:00+00', 0);

-- Scheduled events: the last certain notice of each. "vms" is a JSON array of names.
create table event (
    scope varchar not null,
    id varchar not null,
    event_id varchar not null,
    type varchar not null,
    source varchar not null,
    description varchar not null,
    vms varchar not null,
    status varchar not null,
    not_before timestamp(6) with time zone,
    seen timestamp(6) with time zone not null,
    gone timestamp(6) with time zone,
    approved varchar,
    acknowledged timestamp(6) with time zone,
    primary key (scope, id)
);

-- Members that Ebb took out, each with its exact earlier state.
create table member (
    vm_id varchar not null,
    pool varchar not null,
    place varchar not null,
    resource varchar not null,
    guid varchar not null,
    saved varchar not null,
    strategy varchar not null,
    intent varchar not null,
    since timestamp(6) with time zone not null,
    primary key (vm_id, pool, place)
);

-- Orders to approve, and what became of each.
create table approve_order (
    id varchar primary key,
    vm_id varchar not null,
    scope varchar not null,
    event varchar not null,
    event_id varchar not null,
    ends timestamp(6) with time zone not null,
    ok boolean,
    detail varchar
);

create index approve_order_vm on approve_order (vm_id);
create index approve_order_event on approve_order (scope, event);

-- The latest report of each agent, verbatim.
create table agent (
    vm_id varchar primary key,
    name varchar not null,
    run varchar not null,
    boot varchar not null,
    sequence bigint not null,
    report varchar not null,
    heard timestamp(6) with time zone not null,
    healthy_since timestamp(6) with time zone
);

-- A VM's time out of rotation, for people. "events" is a JSON array of {"scope","id"}.
create table drain (
    id varchar primary key,
    vm_id varchar not null,
    vm_name varchar not null,
    state varchar not null,
    why varchar not null,
    events varchar not null,
    opened timestamp(6) with time zone not null,
    deadline timestamp(6) with time zone,
    connections integer,
    closed timestamp(6) with time zone,
    outcome varchar
);

create index drain_opened on drain (opened, id);

-- The audit: rows are only ever added.
create table timeline (
    sequence bigint primary key,
    happened timestamp(6) with time zone not null,
    drain varchar,
    vm_id varchar,
    type varchar not null,
    who varchar not null,
    message varchar not null
);

create index timeline_drain on timeline (drain, sequence);
