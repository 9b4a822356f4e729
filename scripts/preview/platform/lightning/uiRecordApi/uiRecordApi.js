// Stand-in for `lightning/uiRecordApi`, as far as the pilot components use it.
import { API, callOrg } from 'lightning/orgConnection';

const RECORDS = `${API}/ui-api/records`;

export async function updateRecord({ fields: { Id, ...fields } }, { ifUnmodifiedSince } = {}) {
  const headers = ifUnmodifiedSince ? { 'if-unmodified-since': ifUnmodifiedSince } : {};
  return callOrg('PATCH', `${RECORDS}/${Id}`, { fields }, headers);
}

export async function createRecord({ apiName, fields }) {
  return callOrg('POST', RECORDS, { apiName, fields });
}

/** On the platform it makes wires on these records read again; the stand-ins' GraphQL wire does not cache. */
export async function notifyRecordUpdateAvailable() {}
