// Stand-in for `lightning/uiRecordApi`, as far as the pilot components use it.
import { API, callOrg } from 'lightning/orgConnection';

export async function updateRecord({ fields: { Id, ...fields } }) {
  return callOrg('PATCH', `${API}/ui-api/records/${Id}`, { fields });
}

export async function createRecord({ apiName, fields }) {
  return callOrg('POST', `${API}/ui-api/records`, { apiName, fields });
}

/** On the platform it makes wires on these records read again; the stand-ins' GraphQL wire does not cache. */
export async function notifyRecordUpdateAvailable() {}
