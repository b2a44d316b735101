import type { OfficeRow } from '../../organisations/index.ts';
import type { OrderForm } from './order-form.ts';
import type { Say } from './words.ts';

export type FormPageProps = {
  form: OrderForm;
  errors: { field: string; text: string }[];
  chosen: OfficeRow[];
  found: OfficeRow[] | undefined;
  tags: string[];
  /** What the form said back, where everything could be read. */
  sentence?: string;
  say: Say;
};
