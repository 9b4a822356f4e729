import type { ObjectModel } from '../../metadata/model.ts';
import type { Row, SqlValue } from '../store/store.ts';
import type { SaveContext } from './save-context.ts';

/** Columns that the platform derives on standard objects when they are saved. `changed` is what this save sets. */
export function deriveStandardFields(context: SaveContext, object: ObjectModel, row: Row, changed: Row): Row {
  switch (object.name) {
    case 'Contact':
    case 'User':
      return {
        Name: [row['FirstName'], row['LastName']].filter((part) => typeof part === 'string').join(' '),
      };
    case 'Task':
      return {
        IsClosed: Number(row['Status'] === 'Completed'),
        IsHighPriority: Number(row['Priority'] === 'High'),
        CompletedDateTime: completedAt(context, row),
      };
    case 'Opportunity':
      return { ...deriveFromStage(context, row, changed), ...keepAmountOfProducts(context, row, changed) };
    default:
      return {};
  }
}

/**
 * A stage brings its probability, forecast category and closed and won flags; a probability sent along stays.
 * https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunity.htm
 */
function deriveFromStage(context: SaveContext, row: Row, changed: Row): Row {
  if (!Object.hasOwn(changed, 'StageName')) return {};
  const stage = context.store.get(
    'SELECT * FROM "OpportunityStage" WHERE "ApiName" = ?',
    row['StageName'] ?? null,
  );
  if (stage === undefined) return {};
  const { IsClosed, IsWon, ForecastCategory, ForecastCategoryName, DefaultProbability } = stage;
  const derived: Row = {
    IsClosed: IsClosed ?? 0,
    IsWon: IsWon ?? 0,
    ForecastCategory: ForecastCategory ?? null,
  };
  if (!Object.hasOwn(changed, 'ForecastCategoryName'))
    derived['ForecastCategoryName'] = ForecastCategoryName ?? null;
  if (!Object.hasOwn(changed, 'Probability')) derived['Probability'] = DefaultProbability ?? null;
  return derived;
}

/**
 * An opportunity with products takes its amount from them: an amount sent along is ignored without an error.
 * https://help.salesforce.com/s/articleView?id=004052228
 */
function keepAmountOfProducts({ store }: SaveContext, row: Row, changed: Row): Row {
  const id = row['Id'] ?? null;
  if (id === null || !Object.hasOwn(changed, 'Amount')) return {};
  const product = store.get(
    'SELECT 1 FROM "OpportunityLineItem" WHERE "OpportunityId" = ? AND "IsDeleted" = 0 LIMIT 1',
    id,
  );
  if (product === undefined) return {};
  return { Amount: store.get('SELECT "Amount" FROM "Opportunity" WHERE "Id" = ?', id)?.['Amount'] ?? null };
}

/** The status Completed is the closed one of a fresh org; the time of completion stays while it lasts. */
function completedAt({ viewer }: SaveContext, row: Row): SqlValue {
  if (row['Status'] !== 'Completed') return null;
  return row['CompletedDateTime'] ?? viewer.now.toISOString();
}
