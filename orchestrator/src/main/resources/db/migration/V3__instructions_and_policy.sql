-- What operators ask. A row is about a VM or about an event; it stands until "until" or "ended".
create table instruction (
    id varchar primary key,
    kind varchar not null,
    vm_id varchar,
    scope varchar,
    event varchar,
    who varchar not null,
    why varchar not null,
    since timestamp(6) with time zone not null,
    expires timestamp(6) with time zone,
    ended timestamp(6) with time zone,
    ended_by varchar
);

create index instruction_since on instruction (since, id);

-- Each version of the policy, as JSON. The highest is in force.
create table policy (
    version integer primary key,
    document varchar not null,
    who varchar not null,
    why varchar not null,
    since timestamp(6) with time zone not null
);

-- Counts what operators said, so that a turn that looked before it writes nothing.
alter table lease add column spoken bigint default 0 not null;

-- In seconds; null where Azure does not know.
alter table event add column expected bigint;

-- Since when a member has been seen out, and how often it was taken out anew.
alter table member add column out_since timestamp(6) with time zone;
alter table member add column reasserted integer default 0 not null;

alter table drain add column since timestamp(6) with time zone;
update drain set since = opened;
alter table drain alter column since set not null;
alter table drain add column policy integer default 0 not null;
alter table drain add column parked varchar;

alter table timeline add column before_change varchar;
alter table timeline add column after_change varchar;
