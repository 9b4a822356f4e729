// The admin's thresholds: one entry per number field of PilotPolicy__mdt. The org's Default record holds
// the shipped values; nothing here repeats them.
export const POLICY_NUMBERS = {
  idleBusinessDays: 'Idle_Business_Days__c',
  rhythmFactor: 'Rhythm_Factor__c',
  stallUserDays: 'Stall_User_Days__c',
  scarceUsePercent: 'Scarce_Use_Percent__c',
  firstValueBusinessDays: 'First_Value_Business_Days__c',
  firstValueMinDays: 'First_Value_Min_Days__c',
  firstValueSharePercent: 'First_Value_Share_Percent__c',
  dropPercent: 'Drop_Percent__c',
  dropPValue: 'Drop_P_Value__c',
  pairedDropPercent: 'Paired_Drop_Percent__c',
  keyUserAwayDays: 'Key_User_Away_Days__c',
  keyUserGapFactor: 'Key_User_Gap_Factor__c',
  adoptionTargetPercent: 'Adoption_Target_Percent__c',
  rampWeeks: 'Ramp_Weeks__c',
  oneUserSharePercent: 'One_User_Share_Percent__c',
  criteriaSlackPoints: 'Criteria_Slack_Points__c',
  criteriaStillDays: 'Criteria_Still_Days__c',
  sponsorSilentDays: 'Sponsor_Silent_Days__c',
  termsReadyDays: 'Terms_Ready_Days__c',
  priceLockWarningDays: 'Price_Lock_Warning_Days__c',
  clearBusinessDays: 'Clear_Business_Days__c',
  incompleteDayPercent: 'Incomplete_Day_Percent__c',
  incompleteDayMinEvents: 'Incomplete_Day_Min_Events__c',
  massChangePercent: 'Mass_Change_Percent__c',
  massChangeMin: 'Mass_Change_Min__c',
  checkInDays: 'Check_In_Days__c',
  syncIntervalHours: 'Sync_Interval_Hours__c',
  capacityPerManager: 'Capacity_Per_Manager__c',
  apiReservePercent: 'Api_Reserve_Percent__c',
  keepUsageWeeks: 'Keep_Usage_Weeks__c',
  keepRunsDays: 'Keep_Runs_Days__c',
} as const;

/** Warn or Block; asked by nobody but the guard of the pilot's flow and the page that tells of it. */
export const CAPACITY_MODE_FIELD = 'Capacity_Mode__c';

/** Signals an admin can switch off: field `Signal_<Name>__c`, restricted picklist On | Off (blank = inherit). */
export const SWITCHABLE_SIGNALS = [
  'NO_FIRST_VALUE',
  'NO_USAGE',
  'USAGE_DROP',
  'KEY_USER_AWAY',
  'LOW_ADOPTION',
  'NARROW',
  'CRITERIA_BEHIND',
  'SPONSOR_GONE',
  'SPONSOR_SILENT',
  'OVERRUN',
  'DECISION_OVERDUE',
  'TERMS_NOT_READY',
  'PRICE_LOCK_ENDING',
  'CLOSE_DATE_MISMATCH',
  'NO_SPONSOR',
  'SINGLE_THREADED',
  'NO_NEXT_STEP',
  'COMMITMENT_OVERDUE',
  'UNMEASURED',
] as const;

/** States of the data, never to be switched off: missing data is never read as healthy. */
export const DATA_SIGNALS = ['NOT_LINKED', 'OVERLAP', 'DATA_STALE', 'SOURCE_SUSPECT'] as const;

export type SignalCode = (typeof SWITCHABLE_SIGNALS)[number] | (typeof DATA_SIGNALS)[number];

/** API name of a signal's switch on PilotPolicy__mdt: NO_USAGE → Signal_No_Usage__c. */
export function switchField(code: SignalCode): string {
  const words = code
    .toLowerCase()
    .split('_')
    .map((word) => word[0]!.toUpperCase() + word.slice(1));
  return `Signal_${words.join('_')}__c`;
}
