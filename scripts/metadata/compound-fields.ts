// Addresses: field-level security is granted on the compound field, never on its parts.
// https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/compound_fields_address.htm
const parts = (prefix: string) =>
  ['Street', 'City', 'State', 'PostalCode', 'Country'].map((part) => `${prefix}${part}`);

const COMPOUND_FIELDS: Readonly<Record<string, readonly string[]>> = {
  'Account.BillingAddress': parts('Account.Billing'),
  'Contact.MailingAddress': parts('Contact.Mailing'),
};

/** The fields a grant on `Object.Field` covers: the parts of an address, otherwise the field itself. */
export function coveredFields(fullName: string): readonly string[] {
  return COMPOUND_FIELDS[fullName] ?? [fullName];
}

/** The compound field that a part belongs to; undefined for every other field. */
export function compoundOf(fullName: string): string | undefined {
  return Object.keys(COMPOUND_FIELDS).find((compound) => COMPOUND_FIELDS[compound]!.includes(fullName));
}
