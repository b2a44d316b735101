-- Cadres whose people work in the field (ANM, ASHA, police constables, staff of panchayats and urban bodies): a
-- figure of the review sheet. Set by a nodal officer of a root or the operator.
alter table cadre add column is_field boolean not null default false;

-- Registered people with a completion of a course that is tagged "ai", or "cyber".
alter table counter_delta add column ai_reach integer not null default 0, add column cyber_reach integer not null default 0;
alter table office_counter add column ai_reach bigint not null default 0, add column cyber_reach bigint not null default 0;
