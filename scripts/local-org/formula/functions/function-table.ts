import type { FunctionRule } from '../expression.ts';
import { DATE } from './date.ts';
import { LOGIC } from './logic.ts';
import { MATH } from './math.ts';
import { OPERATORS } from './operators.ts';
import { TEXT } from './text.ts';

/** Every function and operator the local org computes, by upper-case name or sign. */
export const FUNCTION_TABLE: ReadonlyMap<string, FunctionRule> = new Map(
  Object.entries({ ...OPERATORS, ...LOGIC, ...TEXT, ...MATH, ...DATE }),
);

/** Functions Salesforce has and the local org refuses by name (https://help.salesforce.com/s/articleView?id=platform.customize_functions.htm). */
export const OTHER_FUNCTIONS: ReadonlySet<string> = new Set(
  `ACOS ASCII ASIN ATAN ATAN2 CHR COS CURRENCYRATE DAYOFYEAR DISTANCE FORMATDURATION FROMUNIXTIME GEOLOCATION
  GETRECORDIDS GETSESSIONID HOUR HTMLENCODE IMAGE IMAGEPROXYURL INCLUDE INITCAP ISCLONE ISOWEEK ISOYEAR JSENCODE
  JSINHTMLENCODE JUNCTIONIDLIST LINKTO MILLISECOND MINUTE PARENTGROUPVAL PICKLISTCOUNT PREDICT PREVGROUPVAL
  REQUIRESCRIPT REVERSE SECOND SIN TAN TIMENOW TIMEVALUE UNIXTIMESTAMP URLENCODE URLFOR VLOOKUP`.split(/\s+/),
);
