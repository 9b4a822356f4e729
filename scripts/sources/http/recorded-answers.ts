// Answers of the services as their documentation or somebody's recording shows them; looked up 2026-11-22.
// Ids, names and addresses of people are made up; everything else, the order of keys included, is as found.

/**
 * Two events of an Amplitude export, as printed in the README of https://github.com/splitio/amplitude2split (commit
 * 089bf326b4f8c30c9e63f3bbc1869909e5c5a183, run of 2020-11-24), in the schema of
 * https://amplitude.com/docs/apis/analytics/export ("Response schema"): groups are lists by name of the group type, times carry no
 * zone, unknown things are null.
 */
export const AMPLITUDE_EVENTS = [
  {
    country: 'Canada',
    data: { group_ids: { 3124: [2357687219] }, group_first_event: {} },
    $schema: 12,
    language: 'English',
    device_type: null,
    uuid: 'd0b5b3a6-2e3b-11eb-9a80-0a62134d514d',
    user_creation_time: '2020-07-09 18:51:29.664000',
    event_type: 'segment.segment.definition.permission_paywall.load',
    app: 203138,
    group_properties: { '[Segment] Group': { '90f978f0-5e4e-11ea-9bb3-0ed25467b33f': {} } },
    server_upload_time: '2020-11-24 09:59:58.880000',
    server_received_time: '2020-11-24 09:59:58.863000',
    user_id: '1fa23f90-c215-11ea-a639-000000000001',
    amplitude_event_type: null,
    processed_time: '2020-11-24 10:00:00.480098',
    user_properties: {
      organizationPlanType: 'FREE',
      role: 'Member',
      '[Segment] Group': '90f978f0-5e4e-11ea-9bb3-0ed25467b33f',
      email: 'anna@customer.example',
    },
    client_event_time: '2020-11-24 09:59:55.977000',
    $insert_id: 'ajs-de09c0da8f0c71f2e67cdae5a440e610:CS4fUc2U9U',
    client_upload_time: '2020-11-24 09:59:58.863000',
    event_properties: {
      eventTypeId: 'segment.segment.definition.permission_paywall.load',
      split: [{ account: '90f978f0-5e4e-11ea-9bb3-0ed25467b33f' }],
    },
    amplitude_id: 176632796945,
    session_id: -1,
    groups: { '[Segment] Group': ['90f978f0-5e4e-11ea-9bb3-0ed25467b33f'] },
    event_id: 213979667,
    event_time: '2020-11-24 09:59:55.977000',
  },
  {
    country: 'Singapore',
    data: { group_ids: { 3124: [1278071936] }, group_first_event: {} },
    $schema: 12,
    uuid: 'd0ff9eb2-2e3b-11eb-ab67-06153b785aa1',
    event_type: 'segment.split.definition.permission_paywall.load',
    app: 203138,
    server_upload_time: '2020-11-24 09:59:59.790000',
    user_id: 'f6397440-d8ed-11e9-8ea5-000000000002',
    user_properties: { role: 'Admin', email: 'ben@customer.example' },
    $insert_id: 'ajs-02db4c85d4d8572961fc9949c386960f:CS4fUc2U9U',
    amplitude_id: 111810723906,
    session_id: -1,
    groups: { '[Segment] Group': ['e6a3e0f0-acf7-11e9-ae79-0a1c02136776'] },
    event_time: '2020-11-24 09:59:57.447000',
  },
] as const;

/** Names of the entries of that archive: folder, project, hour without a leading zero, partition. */
export const AMPLITUDE_FILES = [
  '203138/203138_2020-11-24_9#627.json.gz',
  '203138/203138_2020-11-24_9#70.json.gz',
] as const;

/**
 * An event of nobody and of no group: source-amplitude/integration_tests/expected_records.jsonl of
 * https://github.com/airbytehq/airbyte (commit 055c9a57a2a6b30b444805b6d15e588348d77bc1), times in Amplitude's own form again.
 */
export const AMPLITUDE_NOBODY = {
  $insert_id: 'google-ad-4651612872-643022056303-DESKTOP-2023-08-24',
  $insert_key: null,
  amplitude_id: 550106004607,
  app: 434735,
  event_id: 355175889,
  event_properties: { 'ad_metrics.cost': 0.528957, ad_platform: 'google', 'ad_metrics.clicks': 0 },
  event_time: '2020-11-24 07:00:00.000000',
  event_type: 'Daily Ad Metrics',
  group_properties: {},
  groups: {},
  user_id: null,
  user_properties: {},
  uuid: '37bcd2f0-2688-47d5-ba90-76b0bd13b0f8',
} as const;

/**
 * The body of https://docs.mixpanel.com/reference/raw-event-export (openapi/src/export.openapi.yaml of
 * https://github.com/mixpanel/docs), to the letter. Neither event says of whom it is.
 */
export const MIXPANEL_PAGE = `{"event":"Signed up","properties":{"time":1602611311,"$insert_id":"hpuDqcvpltpCjBsebtxwadtEBDnFAdycabFb","mp_processing_time_ms":1602625711874}}
{"event":"Signed up","properties":{"time":1602787121,"$insert_id":"jajcebutltmvhbbholfhxtCcycwnBjDtndha","mp_processing_time_ms":1602801521561}}
`;

/**
 * An event with its person: unit_tests of source-mixpanel in https://github.com/airbytehq/airbyte (`export_response`). Ours is
 * the last property, `company_id`: a group key is whatever a project sends.
 */
export const MIXPANEL_EVENT = {
  event: 'Viewed E-commerce Page',
  properties: {
    time: 1623860880,
    distinct_id: '1d694fd9-31a5-4b99-9eef-000000000001',
    $browser: 'Chrome',
    $browser_version: '91.0.4472.101',
    $current_url: 'https://shop.example/solutions/e-commerce/',
    $insert_id: 'c5eed127-c747-59c8-a5ed-d766f48e39a4',
    $mp_api_endpoint: 'api.mixpanel.com',
    mp_lib: 'Segment: analytics-wordpress',
    mp_processing_time_ms: 1623886083321,
    noninteraction: true,
    company_id: 'acme',
  },
} as const;

/** What a broken export ends with, at status 200: https://github.com/mixpanel/mixpanel-utils/issues/5 and its like. */
export const MIXPANEL_BROKEN = ['export terminated early', 'terminated early'] as const;

/**
 * PostHog's answer to a HogQLQuery: fields of HogQLQueryResponse and CachedQueryResponse in
 * frontend/src/queries/schema/schema-general.ts of https://github.com/PostHog/posthog, types as in its
 * posthog/api/test/test_query.py ("UInt64", "String"; a pair of name and type for HogQL).
 */
export function posthogAnswer(columns: readonly string[], results: readonly (readonly unknown[])[]) {
  return {
    cache_key: 'cache_5c1f2a4d7e',
    cache_target_age: null,
    clickhouse: 'SELECT …',
    columns,
    error: null,
    hasMore: false,
    hogql: 'SELECT …',
    is_cached: false,
    last_refresh: '2026-03-10T12:00:00Z',
    limit: 50000,
    next_allowed_client_refresh: '2026-03-10T12:01:00Z',
    offset: 0,
    query: 'SELECT …',
    query_status: null,
    results,
    timezone: 'US/Pacific',
    timings: [{ k: './', t: 0.01 }],
    types: columns.map((name) => [
      name,
      /day/.test(name) ? 'Date' : /total/.test(name) ? 'UInt64' : 'String',
    ]),
  };
}

/** Answers that are none, from the same tests: a query put off (202), refused (400), too many at once and too many (429). */
export const POSTHOG_LATER = {
  query_status: {
    complete: false,
    error: false,
    error_message: null,
    id: '2fbd4b19413342a4ad08c307155187bc',
    query_async: true,
    results: null,
    team_id: 123,
  },
} as const;
export const POSTHOG_INVALID = {
  type: 'validation_error',
  code: 'illegal_type_of_argument',
  detail: "Illegal types DateTime64(6, 'UTC') and String of arguments of function plus",
  attr: null,
} as const;
export const POSTHOG_BUSY = {
  type: 'throttled_error',
  code: 'throttled',
  detail: 'Too many queries are running right now — please try again in a moment.',
  attr: null,
} as const;
/** https://github.com/PostHog/drf-exceptions-hog, test_throttled_exception; the wait is in Retry-After too. */
export const POSTHOG_THROTTLED = {
  type: 'throttled_error',
  code: 'throttled',
  detail: 'Request was throttled. Expected available in 62 seconds.',
  attr: null,
} as const;
